// node run.js SCRIPT TABLES.json FOLDER: both tables by every exporter of a script, and FOLDER/SCRIPT.json with what was
// made. Each script is a process of its own: excel-export changes what arrays do for everything after it.
"use strict";
const fs = require("fs");
const path = require("path");

/** A table with its days as what programs hold: local midnight. */
function table(kind, { head, days, rows }) {
  const day = (text) => text && new Date(...text.split("-").map((part, place) => Number(part) - (place === 1)));
  const typed = rows.map((row) => row.map((value, column) => (days.includes(head[column]) ? day(value) : value)));
  return {
    kind,
    head,
    rows: typed,
    lines: [head, ...typed],
    texts: [head, ...rows.map((row) => row.map((value) => (value === null ? "" : String(value))))],
    objects: typed.map((row) => Object.fromEntries(row.map((value, column) => [head[column], value]))),
  };
}

async function main([script, source, folder]) {
  const told = JSON.parse(fs.readFileSync(source, "utf8"));
  const found = [];
  for (const exporter of require(`./${script}.js`)) {
    const made = { by: exporter.by, as: exporter.as, how: exporter.how || "", files: {} };
    const home = path.join(folder, `${script}-${found.length}`);
    fs.mkdirSync(home, { recursive: true });
    try {
      for (const kind of Object.keys(told)) {
        const file = path.join(home, `${kind}.${exporter.as}`);
        const data = await exporter.write(table(kind, told[kind]), file);
        if (data !== undefined) fs.writeFileSync(file, data);
        made.files[kind] = file;
      }
    } catch (fault) {
      made.error = String(fault.stack || fault);
    }
    found.push(made);
  }
  fs.writeFileSync(path.join(folder, `${script}.json`), JSON.stringify(found));
  process.exit(0); // some browser code leaves timers running
}

main(process.argv.slice(2));
