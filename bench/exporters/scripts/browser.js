// A page without a browser (jsdom), and what a page's script would save as a file.
"use strict";
const fs = require("fs");
const { JSDOM, ResourceLoader, VirtualConsole } = require("jsdom");

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";

/** A window with these files of npm packages run in it. */
function open(html, ...scripts) {
  const { window } = new JSDOM(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>登记数据</title></head><body>${html}</body></html>`, {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    url: "http://localhost/",
    resources: new ResourceLoader({ userAgent: CHROME }),
    virtualConsole: new VirtualConsole(),
  });
  Object.assign(window, { TextEncoder, setImmediate });
  window.console.log = () => {};
  window.Element.prototype.getClientRects = () => [{}]; // there is no layout: whatever is there is visible
  for (const script of scripts) window.eval(fs.readFileSync(require.resolve(script), "utf8"));
  return window;
}

/** Values as the window's own scripts know them: its Date is not ours. */
function inside(window, value) {
  if (value instanceof Date) return new window.Date(value.getTime());
  if (Array.isArray(value)) return window.Array.from(value, (each) => inside(window, each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(window, each)]));
}

/** The last file that was offered for saving, by a blob or by a data: address. */
async function saved(window, act) {
  let blob;
  let address;
  window.URL.createObjectURL = (made) => {
    blob = made;
    return "blob:saved";
  };
  window.URL.revokeObjectURL = () => {};
  const take = (anchor) => {
    if (String(anchor.href).startsWith("data:")) address = anchor.href;
  };
  window.HTMLAnchorElement.prototype.click = function click() {
    take(this);
  };
  window.HTMLAnchorElement.prototype.dispatchEvent = function dispatch() {
    take(this);
  };
  await act(window);
  for (let tries = 0; !blob && !address && tries < 100; tries += 1) await new Promise((go) => setTimeout(go, 50));
  if (blob) return fromBlob(window, blob);
  if (!address) throw new Error("nothing was saved");
  const [, base64, body] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(address);
  return Buffer.from(base64 ? decodeURIComponent(body) : decodeURIComponent(body), base64 ? "base64" : "utf8");
}

function fromBlob(window, blob) {
  return new Promise((done, failed) => {
    const reader = new window.FileReader();
    reader.onload = () => done(Buffer.from(reader.result));
    reader.onerror = failed;
    reader.readAsArrayBuffer(blob);
  });
}

/** What 「网页另存为」 keeps. */
function page(window) {
  return `<!DOCTYPE html>\n${window.document.documentElement.outerHTML}`;
}

/** A plain table of the page's own, days as a page shows them. */
function plain({ head, texts }, id = "data") {
  const cells = (line, tag) => line.map((text) => `<${tag}>${text}</${tag}>`).join("");
  const body = texts.slice(1).map((line) => `<tr>${cells(line, "td")}</tr>`).join("");
  return `<table id="${id}"><thead><tr>${cells(head, "th")}</tr></thead><tbody>${body}</tbody></table>`;
}

module.exports = { open, inside, saved, page, plain };
