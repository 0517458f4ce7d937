#!/bin/sh
# npm xlsx 0.18.5 (SheetJS), TZ=Asia/Shanghai: the workbook's cell is day 44688, 7 May 2022, a whole number.
# Seen: XLSX.read(…, {cellDates: true}) makes 2022-05-06 23:59:17 of it, so every page that prints the day prints the one
# before; exceljs 4.4.0 then stores 15:59:17. The other way round, a Date of local midnight is stored as
# 44688.000497685185, 00:00:43, and read again it is 23:59:59.999 of the day before. The library counts from 1899-12-30 in
# local time, when Shanghai was 8 h 5 min 43 s from Greenwich, but getTimezoneOffset() knows whole minutes only. A zone
# without such a history (Etc/GMT-8) shows nothing of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock xlsx@0.18.5
cat > show.js <<'END'
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
const cell = { t: "n", v: 44688, z: "yyyy-mm-dd" };
XLSX.utils.book_append_sheet(book, { "!ref": "A1", A1: cell }, "S");
const again = (made) => XLSX.read(XLSX.write(made, { type: "buffer" }), { cellDates: true }).Sheets.S.A1.v;
const written = XLSX.utils.aoa_to_sheet([[new Date(2022, 4, 7)]]);
const twice = again({ SheetNames: ["S"], Sheets: { S: written } });
console.log(process.env.TZ, again(book).toLocaleString("sv"), written.A1.v, twice.toLocaleString("sv"), twice.getMilliseconds());
END
for zone in Asia/Shanghai Etc/GMT-8; do TZ=$zone node show.js; done | tee seen
cat > expected <<'END'
Asia/Shanghai 2022-05-06 23:59:17 44688.000497685185 2022-05-06 23:59:59 999
Etc/GMT-8 2022-05-07 00:00:00 44688 2022-05-07 00:00:00 0
END
diff expected seen
