// What servers write with: libraries that make a workbook. Days go in as Date, numbers as numbers.
"use strict";
const fs = require("fs");
const { finished } = require("stream/promises");

const isDay = (value) => value instanceof Date;

/** SheetJS and what is built from it. */
function sheetjs(name, options = {}) {
  return ({ lines }) => {
    const XLSX = require(name);
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(lines, options), "Sheet1");
    return XLSX.write(book, { type: "buffer", ...options });
  };
}

/** The same lines after a round through SheetJS: what a page holds that read an upload of this writer with cellDates. */
function reread(table, writer) {
  const XLSX = require("xlsx");
  const book = XLSX.read(sheetjs(writer)(table), { cellDates: true });
  return { ...table, lines: XLSX.utils.sheet_to_json(book.Sheets.Sheet1, { header: 1, defval: null }) };
}

function byExceljs(book, lines) {
  const sheet = book.addWorksheet("Sheet1");
  for (const line of lines) {
    const row = sheet.addRow(line);
    row.eachCell((cell) => {
      if (isDay(cell.value)) cell.numFmt = "yyyy-mm-dd";
    });
    if (row.commit) row.commit();
  }
  return sheet;
}

async function excelJsPlain({ lines }) {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  byExceljs(book, lines);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function excelJsStreaming({ lines }, filename) {
  const { stream } = require("exceljs");
  const book = new stream.xlsx.WorkbookWriter({ filename, useStyles: true, useSharedStrings: true });
  byExceljs(book, lines).commit();
  await book.commit();
}

async function excelJsCsv({ lines }) {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  byExceljs(book, lines);
  return Buffer.from(await book.csv.writeBuffer());
}

async function excel4node({ lines }) {
  const { Workbook } = require("excel4node");
  const book = new Workbook({ dateFormat: "yyyy-mm-dd" });
  const sheet = book.addWorksheet("Sheet1");
  lines.forEach((line, row) => line.forEach((value, column) => {
    const cell = sheet.cell(row + 1, column + 1);
    if (isDay(value)) cell.date(value);
    else if (typeof value === "number") cell.number(value);
    else if (value !== null) cell.string(value);
  }));
  return book.writeToBuffer();
}

async function writeExcelFile({ lines }, file) {
  const write = require("write-excel-file/node");
  const cells = lines.map((line) => line.map((value) => (
    isDay(value) ? { value, type: Date, format: "yyyy-mm-dd" } : value)));
  await (write.default || write)(cells).toFile(file);
}

function nodeXlsx({ lines }) {
  return require("node-xlsx").build([{ name: "Sheet1", data: lines }]);
}

async function betterXlsx({ lines }, file) {
  const { File } = require("better-xlsx");
  const book = new File();
  const sheet = book.addSheet("Sheet1");
  for (const line of lines) {
    const row = sheet.addRow();
    for (const value of line) {
      const cell = row.addCell();
      if (isDay(value)) cell.setDate(value);
      else cell.value = value === null ? "" : value;
    }
  }
  const out = fs.createWriteStream(file);
  book.saveAs().pipe(out);
  await finished(out);
}

async function xlsxPopulate({ lines }) {
  const book = await require("xlsx-populate").fromBlankAsync();
  const range = book.sheet(0).cell("A1").value(lines);
  range.forEach((cell) => {
    if (isDay(lines[cell.rowNumber() - 1][cell.columnNumber() - 1])) cell.style("numberFormat", "yyyy-mm-dd");
  });
  return book.outputAsync();
}

function jsonAsXlsx({ head, objects }) {
  const write = require("json-as-xlsx");
  const columns = head.map((label) => ({ label, value: label, format: label.endsWith("日期") ? "yyyy-mm-dd" : undefined }));
  return (write.default || write)([{ sheet: "Sheet1", columns, content: objects }], { writeMode: "write", writeOptions: { type: "buffer", bookType: "xlsx" } });
}

function excelExport({ head, rows }) {
  const kinds = rows[1].map((value) => (isDay(value) ? "date" : typeof value === "number" ? "number" : "string"));
  const epoch = Date.UTC(1899, 11, 30);
  const cols = head.map((caption, column) => ({
    caption,
    type: kinds[column],
    // As its README turns a Date into a number.
    beforeCellWrite: (_, value) => (isDay(value) ? (value - epoch) / 86400000 : value),
  }));
  return Buffer.from(require("excel-export").execute({ name: "Sheet1", cols, rows }), "binary");
}

function json2xls({ objects }) {
  return Buffer.from(require("json2xls")(objects), "binary");
}


const BOOKS = [
  ["xlsx", {}, ""],
  ["xlsx", { cellDates: true }, "cellDates"],
  ["xls", { bookType: "biff8" }, "biff8"],
  ["xls", { bookType: "xlml", cellDates: true }, "XML 2003"],
  ["xls", { bookType: "html" }, "网页"],
  ["xlsb", { bookType: "xlsb" }, ""],
  ["ods", { bookType: "ods" }, ""],
  ["fods", { bookType: "fods" }, ""],
  ["csv", { bookType: "csv" }, "不写日期格式"],
  ["csv", { bookType: "csv", dateNF: "yyyy-mm-dd" }, "dateNF"],
  ["txt", { bookType: "txt", dateNF: "yyyy-mm-dd" }, "UTF-16，制表符"],
];

module.exports = [
  ...["xlsx", "@e965/xlsx"].flatMap((by) => BOOKS.map(([as, options, how]) => ({ by, as, how, write: sheetjs(by, options) }))),
  { by: "xlsx", as: "xlsx", how: "读入后再写出，cellDates", write: (table) => sheetjs("xlsx", { cellDates: true })(reread(table, "@e965/xlsx")) },
  { by: "xlsx", as: "xlsx", how: "自己写的读入后再写出，cellDates", write: (table) => sheetjs("xlsx", { cellDates: true })(reread(table, "xlsx")) },
  { by: "exceljs", as: "xlsx", how: "用 xlsx 读入后写出", write: (table) => excelJsPlain(reread(table, "@e965/xlsx")) },
  { by: "xlsx-js-style", as: "xlsx", write: sheetjs("xlsx-js-style") },
  { by: "exceljs", as: "xlsx", how: "一次写出", write: excelJsPlain },
  { by: "exceljs", as: "xlsx", how: "边算边写", write: excelJsStreaming },
  { by: "exceljs", as: "csv", write: excelJsCsv },
  { by: "excel4node", as: "xlsx", write: excel4node },
  { by: "write-excel-file", as: "xlsx", write: writeExcelFile },
  { by: "node-xlsx", as: "xlsx", write: nodeXlsx },
  { by: "better-xlsx", as: "xlsx", write: betterXlsx },
  { by: "xlsx-populate", as: "xlsx", write: xlsxPopulate },
  { by: "json-as-xlsx", as: "xlsx", write: jsonAsXlsx },
  { by: "excel-export", as: "xlsx", write: excelExport },
  { by: "json2xls", as: "xlsx", how: "日期成了文字", write: json2xls },
];
