import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A certificate for 127.0.0.1, and its key, for one day. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** The certificate as a file, for who has to trust it. */
  readonly file: string;
}

let made: Certificate | undefined;

/** The one certificate of this process, made by openssl. */
export function certificate(): Certificate {
  if (made) return made;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-certificate-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const [key, file] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  try {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=stand-in',
      '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', file,
    ], { stdio: 'pipe' });
  } catch (error) {
    throw new Error(`openssl could not make a certificate for the stand-in: ${(error as Error).message}`);
  }
  made = { key: fs.readFileSync(key), cert: fs.readFileSync(file), file };
  return made;
}
