import { cellsOf, HEAD, messages, remarks, sorted, summary, summaryOfAll } from '../exposure-output';
import { ExposureReport } from '../exposure-report';
import { cellCode, code, Text } from '../text';

/** A comment is found again by this line, which no reader sees. */
const MARKER = '<!-- alicloud-ipv6 -->';

/** Hosts of repositories refuse longer comments: GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/** Each plan has its heading, its remarks and the line for what is left out, even of 60 plans. */
const MOST_NAME_CHARACTERS = 80;
const MOST_REMARK_CHARACTERS = 200;
const LAST_LINE = 100;

const TABLE = [`| ${HEAD.join(' | ')} |`, `|${' --- |'.repeat(HEAD.length)}`];

/** Lines that are shown as far as there is room. */
class Part {
  readonly shown: string[] = [];

  constructor(readonly lines: readonly string[], private readonly before: readonly string[] = [], private readonly after: readonly string[] = []) {}

  get omitted(): number {
    return this.lines.length - this.shown.length;
  }

  /** Takes its lines out of the room, and returns what is left. */
  fill(room: number): number {
    let left = room;
    for (const line of this.lines) {
      const length = lengthOf(this.shown.length > 0 ? [line] : ['', ...this.before, line, ...this.after]);
      if (length > left) continue;
      this.shown.push(line);
      left -= length;
    }
    return left;
  }

  toLines(): string[] {
    return this.shown.length > 0 ? ['', ...this.before, ...this.shown, ...this.after] : [];
  }
}

/** Markdown for one comment. Everything in it is the command's own text, or code. */
export function exposureMarkdown({ results, ...shared }: ExposureReport): Text {
  const sections = results.map((result) => {
    const [unchanged, changed] = [true, false].map((is) => sorted(result).filter(({ effect }) => (effect === 'unchanged') === is).map((row) => {
      const [effect, ...cells] = cellsOf(row);
      return `| ${is ? effect : `**${effect}**`} | ${cells.map(cellCode).join(' | ')} |`;
    }));
    return {
      head: [
        '', `### IPv6 exposure: ${code(shortName(result.name))}`, '', `**${summary(result)}**`,
        ...remarks(result).flatMap((remark) => ['', code(short(remark))]),
      ],
      findings: new Part(findingLines(result)),
      changed: new Part(changed, TABLE),
      // Blank lines make Markdown of what is in HTML.
      unchanged: new Part(unchanged, ['<details>', `<summary>${unchanged.length} unchanged</summary>`, '', ...TABLE], ['', '</details>']),
    };
  });
  const top = [MARKER, ...results.length > 1 ? ['', `**${results.length} plans and states: ${summaryOfAll(results)}**`] : []];
  const all = new Part(findingLines(shared));

  let left = MOST_CHARACTERS - lengthOf(top) - 2 * LAST_LINE;
  const shown = sections.filter(({ head }) => {
    const length = lengthOf(head) + LAST_LINE;
    if (length > left) return false;
    left -= length;
    return true;
  });
  // The most important rows of all plans come first, and findings leave room for rows.
  const fill = (parts: readonly Part[], room: number) => parts.reduce((rest, part) => part.fill(rest), room);
  const half = Math.floor(left / 2);
  left -= half - fill([all, ...shown.map(({ findings }) => findings)], half);
  fill([...shown.map(({ changed }) => changed), ...shown.map(({ unchanged }) => unchanged)], left);
  return [
    ...top,
    ...all.toLines(),
    ...more([[all.omitted, 'findings']]),
    ...shown.flatMap(({ head, findings, changed, unchanged }) => [
      ...head, ...findings.toLines(), ...changed.toLines(), ...unchanged.toLines(),
      ...more([[findings.omitted, 'findings'], [changed.omitted + unchanged.omitted, 'addresses']]),
    ]),
    ...more([[sections.length - shown.length, 'plans and states']]),
  ].join('\n') as Text;
}

const WORDS = ['forbidden', 'warning', 'acknowledged'];

function findingLines(of: Parameters<typeof messages>[0]): string[] {
  return messages(of).sort((one, other) => WORDS.indexOf(one.word) - WORDS.indexOf(other.word)).map(({ word, text }) => `- **${word}**: ${code(text)}`);
}

function more(omitted: readonly (readonly [number, string])[]): string[] {
  const texts = omitted.filter(([count]) => count > 0).map(([count, things]) => `${count} more ${things}`);
  return texts.length > 0 ? ['', `and ${texts.join(' and ')}: \`--json\` shows all.`] : [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length + 1, 0);
}

/** Returns a short path: its end is distinct. */
function shortName(name: string): string {
  return name.length > MOST_NAME_CHARACTERS ? `…${name.slice(-MOST_NAME_CHARACTERS)}` : name;
}

function short(remark: string): string {
  return remark.length > MOST_REMARK_CHARACTERS ? `${remark.slice(0, MOST_REMARK_CHARACTERS)}…` : remark;
}
