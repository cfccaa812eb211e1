// Parsers that are ES modules, which Jest cannot load: reads a text, and writes what the parser that is named makes of it.
import { text } from 'node:stream/consumers';
import { parse } from 'junit2json';
import { remark } from 'remark';
import gfm from 'remark-gfm';

const PARSERS = { junit: parse, markdown: (markdown) => remark().use(gfm).parse(markdown) };

process.stdout.write(JSON.stringify(await PARSERS[process.argv[2]](await text(process.stdin))));
