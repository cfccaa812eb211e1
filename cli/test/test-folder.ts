import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export interface TestFolder {
  /** The path of the running test's folder. */
  readonly path: string;
  /** Writes a file below it, an object as JSON, and returns its path. */
  readonly file: (name: string, content: string | Buffer | object, mode?: number) => string;
}

/** A folder for each test of a file, which is removed after the test. */
export function testFolder(): TestFolder {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  return {
    get path() {
      return folder;
    },
    file(name, content, mode = 0o644) {
      const at = path.join(folder, name);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content), { mode });
      return at;
    },
  };
}
