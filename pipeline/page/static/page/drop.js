"use strict";
// What was not taken is told on the page that is shown next, too.
const REFUSED = "refused";
const ROOM = 10000; // bytes of a request around a file
const remembered = () => JSON.parse(sessionStorage.getItem(REFUSED) || "[]");
const remember = (text) => sessionStorage.setItem(REFUSED, JSON.stringify([...remembered(), text]));
for (const list of document.querySelectorAll("[data-list]")) {
  for (const text of remembered()) {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  }
  sessionStorage.removeItem(REFUSED);
}
// Tables and whole folders, dropped or chosen: three on their way at a time, each with its progress and a way to stop it.
for (const form of document.querySelectorAll("[data-drop]")) {
  const list = form.querySelector("[data-list]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const waiting = [];
  const most = Number(form.dataset.mostMb);
  let underway = 0;
  let refused = false;
  let asked = false;
  form.classList.add("scripted");
  form.querySelector("[data-plain]").hidden = true;
  form.querySelector("[data-script]").hidden = false;

  const line = (name) => {
    const item = document.createElement("li");
    const told = document.createElement("span");
    const bar = document.createElement("progress");
    const stop = document.createElement("button");
    told.textContent = name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${name} 传了多少`);
    stop.type = "button";
    stop.className = "plain";
    stop.textContent = "不传了";
    stop.setAttribute("aria-label", `不传 ${name}`);
    item.append(told, bar, stop);
    list.append(item);
    return { told, bar, stop };
  };

  const send = ({ file, path, shown }) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token);
    data.append("path", path);
    data.append("file", file, file.name);
    const end = (text, bad) => {
      shown.told.textContent = text;
      shown.bar.remove();
      shown.stop.remove();
      refused = refused || bad;
      underway -= 1;
      next();
    };
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    };
    request.onload = () => {
      try {
        const answer = JSON.parse(request.responseText);
        if (answer.text) return end(`${path}：${answer.text}`, true);
        for (const each of answer.files) {
          if (!each.kept && !each.asks) remember(each.text);
          asked = asked || each.asks;
          end(each.text, false);
        }
      } catch {
        end(`${path}：没有收，请刷新页面再试。`, true);
      }
    };
    request.onerror = () => end(`${path}：没有传完。文件可能正在保存，或者连接断了，请再放一次。`, true);
    request.onabort = () => end(`${path}：没有传。`, true);
    shown.stop.onclick = () => request.abort();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  };

  const next = () => {
    while (underway < 3 && waiting.length) {
      const one = waiting.shift();
      if (one.dropped) continue;
      underway += 1;
      send(one);
    }
    // What is asked stands among the tables: whoever is not led there checks the old table again.
    if (!underway && !waiting.length && !refused) location.assign(asked ? form.dataset.asked : location.href);
  };

  const add = (file, path) => {
    const one = { file, path, shown: line(path) };
    const leave = (text) => {
      one.dropped = true;
      refused = true;
      one.shown.told.textContent = text;
      one.shown.bar.remove();
      one.shown.stop.remove();
    };
    one.shown.stop.onclick = () => leave(`${path}：没有传。`);
    if (file.size > most * 1e6 - ROOM) leave(`${path}：太大了，没有收。一次最多放 ${most} MB。`);
    waiting.push(one);
  };

  const walk = async (entry, into) => {
    if (entry.isFile) {
      const file = await new Promise((found, failed) => entry.file(found, failed));
      return add(file, into + file.name);
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((found, failed) => reader.readEntries(found, failed));
      if (!some.length) return undefined;
      for (const each of some) await walk(each, `${into}${entry.name}/`);
    }
  };

  for (const field of form.querySelectorAll("input[type=file]")) {
    field.addEventListener("change", () => {
      refused = false;
      for (const file of field.files) add(file, file.webkitRelativePath || file.name);
      field.value = "";
      next();
    });
  }

  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    refused = false;
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    if (entries.length && entries.every(Boolean)) for (const entry of entries) await walk(entry, "");
    else for (const file of event.dataTransfer.files) add(file, file.name);
    next();
  });
}
// A table that misses the box must not take the page's place.
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
