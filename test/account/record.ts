import * as fs from 'node:fs';
import { disagreements, Exchange } from '../e2e/official-models';
import { API_ERRORS } from '../e2e/vpc-api-errors';

/** A file of requests and answers, one exchange a line. */
export class RecordFile {
  constructor(public readonly path: string) {
    fs.writeFileSync(path, '');
  }

  public add(exchange: Exchange): void {
    fs.appendFileSync(this.path, `${JSON.stringify(exchange)}\n`);
  }
}

/** What a record shows that the stand-in or the official SDK does not have. */
export function checkRecord(file: string): string[] {
  const exchanges: Exchange[] = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const codes = exchanges.map(({ status, body }) => status === 200 ? undefined : (body as { Code?: string }).Code)
    .filter((code): code is string => code !== undefined && !(code in API_ERRORS));
  return [...new Set([...exchanges.flatMap(disagreements), ...codes.map((code) => `the stand-in has no error ${code}`)])];
}
