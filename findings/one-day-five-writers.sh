#!/bin/sh
# TZ=Asia/Shanghai: new Date(2022, 4, 7), local midnight of 7 May 2022 (day 44688), written by five libraries for node.
# Seen: exceljs, excel4node and write-excel-file store the moment in UTC, 44687.6667, the afternoon of 6 May; better-xlsx
# stores the whole number 44687, so that the day before is all that the file says; xlsx-populate stores 44688.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts exceljs@4.4.0 excel4node@1.8.2 \
    write-excel-file@4.1.1 better-xlsx@0.7.6 xlsx-populate@1.21.0 jszip@3.10.1
cat > show.js <<'END'
const { PassThrough } = require("stream");
const JSZip = require("jszip");
const day = new Date(2022, 4, 7);
async function streamed(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const writers = {
  exceljs: () => {
    const book = new (require("exceljs").Workbook)();
    book.addWorksheet("S").addRow([day]);
    return book.xlsx.writeBuffer();
  },
  excel4node: () => {
    const book = new (require("excel4node").Workbook)();
    book.addWorksheet("S").cell(1, 1).date(day);
    return book.writeToBuffer();
  },
  "write-excel-file": () => {
    const write = require("write-excel-file/node");
    return (write.default || write)([[{ value: day, type: Date, format: "yyyy-mm-dd" }]]).toBuffer();
  },
  "better-xlsx": () => {
    const file = new (require("better-xlsx").File)();
    file.addSheet("S").addRow().addCell().setDate(day);
    return streamed(file.saveAs().pipe(new PassThrough()));
  },
  "xlsx-populate": async () => {
    const book = await require("xlsx-populate").fromBlankAsync();
    book.sheet(0).cell("A1").value(day);
    return book.outputAsync();
  },
};
(async () => {
  for (const [name, write] of Object.entries(writers)) {
    const sheet = await (await JSZip.loadAsync(await write())).file("xl/worksheets/sheet1.xml").async("string");
    console.log(name, Number(/<v>([^<]*)/.exec(sheet)[1]).toFixed(4));
  }
})();
END
TZ=Asia/Shanghai node show.js | tee seen
cat > expected <<'END'
exceljs 44687.6667
excel4node 44687.6667
write-excel-file 44687.6667
better-xlsx 44687.0000
xlsx-populate 44688.0000
END
diff expected seen
