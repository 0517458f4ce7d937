// Pages saved from a browser (网页另存为), and tables of pages taken into SheetJS.
"use strict";
const { open, inside, page, plain } = require("./browser.js");

async function elementTable(table, height) {
  const window = open("<div id=app></div>", "vue/dist/vue.js", "element-ui/lib/index.js");
  const rows = table.texts.slice(1).map((line) => Object.fromEntries(line.map((text, column) => [`c${column}`, text])));
  const data = inside(window, { rows, columns: table.head });
  const columns = "<el-table-column v-for='(name, n) in columns' :key=n :prop='\"c\" + n' :label=name></el-table-column>";
  new window.Vue({ el: "#app", template: `<div id=app><el-table id=data :data=rows ${height}>${columns}</el-table></div>`, data });
  await new Promise((go) => setTimeout(go, 300));
  return window;
}

async function elementPage(table) {
  return page(await elementTable(table, ""));
}

/** The commonest export of Vue pages: table_to_book over the rendered el-table. */
function elementBook(options, file) {
  return async (table) => {
    const window = await elementTable(table, "");
    const XLSX = require("xlsx");
    const book = XLSX.utils.table_to_book(window.document.querySelector("#data"), options);
    return XLSX.write(book, { type: "buffer", bookType: file });
  };
}

async function layuiPage(table) {
  const window = open("<script src='/layui.js'></script><table id=data></table>", "layui");
  const cols = [table.head.map((title, column) => ({ field: `c${column}`, title }))];
  const data = table.texts.slice(1).map((line) => Object.fromEntries(line.map((text, column) => [`c${column}`, text])));
  const module = await new Promise((done) => window.layui.use("table", () => done(window.layui.table)));
  module.render({ elem: "#data", id: "data", cols: inside(window, cols), data: inside(window, data), limit: 90 });
  await new Promise((go) => setTimeout(go, 300));
  return page(window);
}

function dataTablesPage(options) {
  return async (table) => {
    const window = open(plain(table), "jquery/dist/jquery.js", "datatables.net/js/dataTables.js");
    window.$("#data").DataTable({ pageLength: 50, ...options });
    await new Promise((go) => setTimeout(go, 300));
    return page(window);
  };
}

module.exports = [
  { by: "element-ui", as: "html", how: "网页另存为", write: elementPage },
  { by: "element-ui", as: "xlsx", how: "table_to_book，raw", write: elementBook({ raw: true }, "xlsx") },
  { by: "element-ui", as: "xlsx", how: "table_to_book", write: elementBook({}, "xlsx") },
  { by: "layui", as: "html", how: "网页另存为", write: layuiPage },
  { by: "datatables.net", as: "html", how: "网页另存为", write: dataTablesPage({}) },
  { by: "datatables.net", as: "html", how: "网页另存为，表身滚动", write: dataTablesPage({ scrollY: "300px", scrollX: true }) },
];
