#!/bin/sh
# npm xlsx 0.14.5 (SheetJS), as tableexport 5.2.0 carries it: the same sheet as bookType "biff2", the kind behind tableexport's
# .xls button, and as "biff8".
# Seen: biff2 (Excel 2.1) has one byte for a character, so each hanzi is an underscore and the name cannot be had back; the
# file opens in Excel without a word. biff8 keeps them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts tableexport@5.2.0 xlsx@0.14.5
grep -o 'biff2' node_modules/tableexport/dist/js/tableexport.js | sort -u > seen
cat > show.js <<'END'
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["编造小吃店A"]]), "S");
for (const bookType of ["biff2", "biff8"]) {
  const read = XLSX.read(XLSX.write(book, { type: "buffer", bookType }));
  console.log(bookType, read.Sheets[read.SheetNames[0]].A1.v);
}
END
node show.js | tee -a seen
cat > expected <<'END'
biff2
biff2 _____A
biff8 编造小吃店A
END
diff expected seen
