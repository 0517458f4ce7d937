"use strict";
// A run's progress: asked for every second, and the page shown anew when it has ended.
for (const place of document.querySelectorAll("[data-run]")) {
  const bar = place.querySelector("progress");
  const told = place.querySelector("[data-told]");
  const ask = async () => {
    let wait = 1000;
    try {
      const answer = await fetch(place.dataset.run, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      if (now.state !== "running") return location.reload();
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      }
      const text = now.text || "正在办理";
      const shown = now.total ? `${text} ${now.done}/${now.total}` : text;
      if (told.textContent !== shown) told.textContent = shown;
    } catch {
      told.textContent = "暂时连不上，正在再试……";
      wait = 3000;
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, 500);
}
