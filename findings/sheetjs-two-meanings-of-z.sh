#!/bin/sh
# npm xlsx 0.18.5 (SheetJS), TZ=Asia/Shanghai: one Date, local midnight of 7 May 2022, in one workbook with cellDates.
# Seen: .xlsx holds 2022-05-07T00:00:00.000Z, which is local time under a sign that means UTC; XML 2003 of the same
# workbook holds 2022-05-06T16:00:00.000Z, which is UTC. So a reader can neither always add eight hours nor never.
# Package @e965/xlsx 0.20.3 (the same library, later) holds the local day in both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock xlsx@0.18.5 @e965/xlsx@0.20.3 jszip@3.10.1
cat > show.js <<'END'
const JSZip = require("jszip");
(async () => {
  for (const name of ["xlsx", "@e965/xlsx"]) {
    const XLSX = require(name);
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[new Date(2022, 4, 7)]], { cellDates: true }), "S");
    const write = (bookType) => XLSX.write(book, { type: "buffer", bookType, cellDates: true });
    const sheet = await (await JSZip.loadAsync(write("xlsx"))).file("xl/worksheets/sheet1.xml").async("string");
    const moment = (text) => /2022-05-0\dT[^<]*/.exec(text)[0];
    console.log(name, XLSX.version, "xlsx", moment(sheet), "xml", moment(write("xlml").toString()));
  }
})();
END
TZ=Asia/Shanghai node show.js | tee seen
cat > expected <<'END'
xlsx 0.18.5 xlsx 2022-05-07T00:00:00.000Z xml 2022-05-06T16:00:00.000Z
@e965/xlsx 0.20.3 xlsx 2022-05-07T00:00:00.000Z xml 2022-05-07T00:00:00.000Z
END
diff expected seen
