// What pages offer for download: export plugins, run in a window without a browser.
"use strict";
const { open, inside, saved, plain } = require("./browser.js");

/** Texts with their columns' names, as a page gets them from its server. */
function records({ head, texts }) {
  return texts.slice(1).map((line) => Object.fromEntries(line.map((text, column) => [head[column], text])));
}

function jsExportExcel(table) {
  const window = open("", "js-export-excel");
  return saved(window, () => {
    const sheetData = inside(window, table.objects);
    new window["js-export-excel"]({ fileName: "导出", datas: [{ sheetData, sheetFilter: table.head, sheetHeader: table.head }] }).saveExcel();
  });
}

function jsTable2excel(table) {
  const window = open("", "js-table2excel");
  const column = table.head.map((title) => ({ title, key: title }));
  return saved(window, () => window.Table2Excel({ column, data: records(table), excelName: "导出", captionName: "登记数据" }));
}

function vueJsonExcel(type, days) {
  return (table) => {
    const window = open("<div id=app></div>", "vue/dist/vue.js", "vue-json-excel/dist/vue-json-excel.umd.js");
    const data = days ? inside(window, table.objects) : records(table);
    const propsData = { data, type, fields: Object.fromEntries(table.head.map((name) => [name, name])) };
    const component = new (window.Vue.extend(window.JsonExcel))({ propsData });
    return saved(window, () => component.generate());
  };
}

function tableExport(format) {
  return (table) => {
    const core = "tableexport/node_modules/xlsx/dist/xlsx.core.min.js";
    const window = open(plain(table), core, "file-saver", "tableexport");
    const instance = new window.TableExport(window.document.getElementById("data"), { formats: [format], exportButtons: false });
    const made = instance.getExportData().data[format];
    return saved(window, () => instance.export2file(made.data, made.mimeType, made.filename, made.fileExtension, made.merges, made.RTL, made.sheetname));
  };
}

function excellentExport(format) {
  return (table) => {
    const window = open(plain(table), "excellentexport");
    const from = { table: window.document.getElementById("data") };
    return saved(window, () => (window.ExcellentExport.default || window.ExcellentExport).convert({ openAsDownload: true, filename: "导出", format }, [{ name: "Sheet1", from }]));
  };
}

function exportFromJson(exportType) {
  return (table) => {
    const write = require("export-from-json");
    return (write.default || write)({ data: records(table), fileName: "导出", exportType, processor: (content) => content });
  };
}

function jqueryPlugin(type) {
  return (table) => {
    const window = open(plain(table), "jquery/dist/jquery.js", "file-saver", "tableexport.jquery.plugin/libs/js-xlsx/xlsx.core.min.js", "tableexport.jquery.plugin/tableExport.min.js");
    return saved(window, () => window.$("#data").tableExport({ type, fileName: "导出", mso: { fileFormat: type === "excel" ? "xlshtml" : "xmlss" } }));
  };
}

function dataTables(button) {
  return (table) => {
    const window = open(plain(table), "jquery/dist/jquery.js", "jszip/dist/jszip.js", "datatables.net/js/dataTables.js",
      "datatables.net-buttons/js/dataTables.buttons.js", "datatables.net-buttons/js/buttons.html5.js");
    const instance = window.$("#data").DataTable({ buttons: [{ extend: button, title: button === "excel" ? "登记数据" : null }], paging: false });
    return saved(window, () => instance.button(0).trigger());
  };
}

function layui(type) {
  return async (table) => {
    const window = open("<script src='/layui.js'></script><table id=data></table>", "layui");
    const cols = [table.head.map((title, column) => ({ field: `c${column}`, title }))];
    const data = table.texts.slice(1).map((line) => Object.fromEntries(line.map((text, column) => [`c${column}`, text])));
    const module = await new Promise((done) => window.layui.use("table", (found) => done(found || window.layui.table)));
    module.render({ elem: "#data", id: "data", cols: inside(window, cols), data: inside(window, data), limit: 90 });
    return saved(window, () => module.exportFile("data", inside(window, data), type));
  };
}

module.exports = [
  { by: "js-export-excel", as: "xlsx", write: jsExportExcel },
  { by: "js-table2excel", as: "xls", how: "网页", write: jsTable2excel },
  { by: "vue-json-excel", as: "xls", how: "网页", write: vueJsonExcel("xls", false) },
  { by: "vue-json-excel", as: "xls", how: "网页，日期是 Date", write: vueJsonExcel("xls", true) },
  { by: "vue-json-excel", as: "csv", write: vueJsonExcel("csv", false) },
  ...["xlsx", "xls", "csv", "txt"].map((as) => ({ by: "tableexport", as, write: tableExport(as) })),
  ...["xlsx", "xls", "csv"].map((as) => ({ by: "excellentexport", as, write: excellentExport(as) })),
  ...["xls", "csv"].map((as) => ({ by: "export-from-json", as, write: exportFromJson(as) })),
  { by: "tableexport.jquery.plugin", as: "csv", write: jqueryPlugin("csv") },
  { by: "tableexport.jquery.plugin", as: "xls", how: "网页", write: jqueryPlugin("excel") },
  { by: "tableexport.jquery.plugin", as: "xlsx", write: jqueryPlugin("xlsx") },
  { by: "datatables.net-buttons", as: "xlsx", write: dataTables("excel") },
  { by: "datatables.net-buttons", as: "csv", write: dataTables("csv") },
  { by: "layui", as: "xls", how: "exportFile", write: layui("xls") },
  { by: "layui", as: "csv", how: "exportFile", write: layui("csv") },
];
