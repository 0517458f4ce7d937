#!/bin/sh
# element-ui 2.15.14, rendered without a browser by jsdom 24.1.3, and SheetJS 0.18.5: a table of one person with an ID number
# of 18 digits (999999 is no region of China).
# Seen: element-ui draws header and rows as two <table>s, the second without any header. table_to_book() over both, the recipe
# of most pages that export their table, makes the number 999999199001011200 of it, the last digits gone; with {raw: true} it
# stays a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts element-ui@2.15.14 vue@2.7.16 jsdom@24.1.3 xlsx@0.18.5
cat > show.js <<'END'
const fs = require("fs");
const XLSX = require("xlsx");
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<div id=app></div>", { runScripts: "outside-only", pretendToBeVisual: true });
for (const script of ["vue/dist/vue.min.js", "element-ui/lib/index.js"]) window.eval(fs.readFileSync(require.resolve(script), "utf8"));
window.eval(`new Vue({ el: "#app", data: { rows: [{ id: "999999199001011234" }] },
  template: '<el-table id=t :data=rows><el-table-column prop=id label=身份证号></el-table-column></el-table>' })`);
setTimeout(() => {
  const table = window.document.querySelector("#t");
  for (const each of table.querySelectorAll("table")) console.log("table", each.querySelectorAll("th").length, "th", each.querySelectorAll("td").length, "td");
  for (const options of [{}, { raw: true }]) {
    const cell = XLSX.utils.table_to_book(table, options).Sheets.Sheet1.A2;
    console.log(JSON.stringify(options), cell.t, String(cell.v));
  }
  process.exit(0);
}, 300);
END
node show.js | tee seen
cat > expected <<'END'
table 1 th 0 td
table 0 th 1 td
{} n 999999199001011200
{"raw":true} s 999999199001011234
END
diff expected seen
