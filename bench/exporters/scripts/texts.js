// Comma-separated text from objects, days as Date.
"use strict";

const BOM = "\ufeff";

function json2csv({ head, objects }) {
  return BOM + require("json2csv").parse(objects, { fields: head });
}

function papaparse({ lines }) {
  return BOM + require("papaparse").unparse(lines);
}

/** As pages do it without any library, in the words of a recipe that is copied everywhere: a tab behind every value. */
function byHand({ head, lines }) {
  let text = `${head.join(",")}\n`;
  for (const line of lines.slice(1)) {
    for (const value of line) text += `${(value instanceof Date ? value.toLocaleDateString("zh-CN") : value ?? "") + "\t"},`;
    text += "\n";
  }
  return BOM + text;
}

module.exports = [
  { by: "json2csv", as: "csv", write: json2csv },
  { by: "papaparse", as: "csv", write: papaparse },
  { by: "（无库）", as: "csv", how: "逐格加制表符和逗号", write: byHand },
];
