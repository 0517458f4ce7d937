"""The exporters' packages, each in one version; what they need besides is found by npm and pip."""

ZONE = "Asia/Shanghai"
"""Where the exporters run: most of their slips are a matter of zone."""
NPM = {
    "@e965/xlsx": "0.20.3", "better-xlsx": "0.7.6", "datatables.net": "2.3.2", "datatables.net-buttons": "3.2.4",
    "element-ui": "2.15.14", "excel-export": "0.5.1", "excel4node": "1.8.2", "exceljs": "4.4.0", "excellentexport": "3.9.11",
    "export-from-json": "1.8.2", "file-saver": "2.0.5", "jquery": "3.7.1", "js-export-excel": "1.1.4",
    "js-table2excel": "1.1.2", "jsdom": "24.1.3", "json-as-xlsx": "2.6.4", "json2csv": "5.0.7", "json2xls": "0.1.2",
    "jszip": "3.10.1", "layui": "2.13.6", "node-xlsx": "0.16.1", "papaparse": "5.7.1", "tableexport": "5.2.0",
    "tableexport.jquery.plugin": "1.33.0", "vue": "2.7.16", "vue-json-excel": "0.3.0", "write-excel-file": "4.1.1",
    "xlsx": "0.18.5", "xlsx-js-style": "1.2.0", "xlsx-populate": "1.21.0",
}  # fmt: skip
PYPI = {
    "odfpy": "1.4.1", "odswriter": "0.5.0", "openpyxl": "3.1.5", "pandas": "3.1.1", "polars": "2.1.0", "PyExcelerate": "0.13.0",
    "pyexcel": "0.7.6", "pyexcel-ods3": "0.6.1", "pyexcel-xls": "0.7.1", "pyexcel-xlsx": "0.6.1", "pylightxl": "1.61",
    "rustpy-xlsxwriter": "0.8.0", "tablib": "3.10.0", "xlrd": "2.0.2", "XlsxWriter": "3.3.1", "xlwt": "1.3.0",
}  # fmt: skip
LIES = {"better-xlsx": "日期写成了前一天的整数，文件里没有别的痕迹"}
"""Packages whose file itself says something else than was given to it, and nothing in it tells."""
