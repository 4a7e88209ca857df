// SPDX-License-Identifier: GPL-3.0-or-later
/* usage: node wasm-reader.mjs MODULE-FOLDER FILE…
 *
 * Reads pictures by zxing-wasm as it comes. A line a picture: {"file","ms","texts" (base64)}. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const { readBarcodes, prepareZXingModule } = require('zxing-wasm/reader');
const formats = ['Code128', 'Code39', 'QRCode', 'DataMatrix'];

// the module is in the package; else it would be asked from a server
await prepareZXingModule({
  overrides: {
    wasmBinary: (await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer,
  },
  fireImmediately: true,
});
for (const file of files) {
  const picture = new Uint8Array(await readFile(file));
  const began = process.cpuUsage();
  let texts = [];

  try {
    const found = await readBarcodes(picture, { formats, tryHarder: true });
    texts = found.filter((one) => one.isValid)
      .map((one) => Buffer.from(one.bytes).toString('base64'));
  } catch (error) {
    console.error(`${file}: ${error.message}`);
  }
  const spent = process.cpuUsage(began);
  console.log(JSON.stringify({ file, ms: (spent.user + spent.system) / 1000, texts }));
}
