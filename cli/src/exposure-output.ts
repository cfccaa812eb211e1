import { Bandwidth, Effect, ExposedAddress, State } from './exposure';
import { Finding } from './findings';
import { code, columns, oneLine } from './text';

/** What is said of one plan. */
export interface ExposureResult {
  readonly plan: string;
  readonly addresses: readonly (ExposedAddress & { readonly constructPath?: string })[];
  readonly findings: readonly Finding[];
  /** Whether the plan says by itself that it leaves something out. */
  readonly isIncomplete: boolean;
}

const EFFECTS: readonly Effect[] = ['opens', 'closes', 'leaves'];
const HEAD = ['', 'address', 'before', 'after', 'Mbit/s', 'charge type', 'resource', 'construct', 'why and what else'];
const INCOMPLETE = 'The plan is not complete: another one has to follow, which may open more.';

/** Comments are cut off by the hosts of repositories: GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 60_000;

export function exposureTable(results: readonly ExposureResult[]): string {
  return results.map((result) => {
    const rows = sorted(result).map((address) => cellsOf(address).map(oneLine));
    return [
      `${oneLine(result.plan)}: ${summary(result)}`,
      ...(result.isIncomplete ? [INCOMPLETE] : []),
      ...(rows.length > 0 ? ['', columns([HEAD, ...rows])] : []),
      ...(result.findings.length > 0 ? ['', ...result.findings.map((finding) => `${wordOf(finding)}: ${oneLine(textOf(finding))}`)] : []),
    ].join('\n');
  }).join('\n\n');
}

export function exposureMarkdown(results: readonly ExposureResult[]): string {
  let left = MOST_CHARACTERS;
  const section = (head: string[], lines: string[], more: string): string[] => {
    const shown: string[] = [];
    for (const line of lines) {
      if (left < line.length) break;
      left -= line.length + 1;
      shown.push(line);
    }
    return [...head, ...shown, ...(shown.length < lines.length ? ['', `and ${lines.length - shown.length} more ${more}: \`--json\` has all.`] : [])];
  };
  return results.flatMap((result) => [
    `### IPv6 exposure: ${code(result.plan)}`,
    '',
    `**${summary(result)}**`,
    ...(result.isIncomplete ? ['', INCOMPLETE] : []),
    ...(result.findings.length > 0 ? ['', ...section([], result.findings.map((finding) => `- **${wordOf(finding)}**: ${code(textOf(finding))}`), 'findings')] : []),
    ...(result.addresses.length > 0 ? ['', ...section(
      [`| ${HEAD.join(' | ')} |`, `|${' --- |'.repeat(HEAD.length)}`],
      sorted(result).map((address) => {
        const [effect, ...cells] = cellsOf(address);
        return `| ${effect === 'leaves' ? effect : `**${effect}**`} | ${cells.map(code).join(' | ')} |`;
      }),
      'addresses',
    )] : []),
    '',
  ]).join('\n');
}

export function exposureJson(results: readonly ExposureResult[]): string {
  return JSON.stringify({
    plans: results.map((result) => ({
      plan: result.plan,
      complete: !result.isIncomplete,
      addresses: sorted(result).map(({ address, effect, before, after, had, has, because, notes, resources, constructPath }) => ({
        address,
        effect,
        before: side(before, had),
        after: side(after, has),
        because,
        notes,
        resources: resources.map((resource) => resource.address),
        constructPath,
      })),
      findings: result.findings,
    })),
  }, null, 2);
}

function summary({ addresses }: ExposureResult): string {
  const count = (matches: (address: ExposedAddress) => boolean) => addresses.filter(matches).length;
  const open = count(({ after }) => after === 'open');
  const outbound = count(({ after }) => after === 'outbound only');
  if (addresses.length === 0) return 'no IPv6 address has Internet bandwidth';
  return `opens ${count(({ effect }) => effect === 'opens')}, closes ${count(({ effect }) => effect === 'closes')}; then the Internet reaches ${open}, and ${outbound} reach out only`;
}

/** What opens first, and what stays open before what does not. */
function sorted({ addresses }: ExposureResult): ExposureResult['addresses'] {
  const rank = ({ effect, after }: ExposedAddress) => EFFECTS.indexOf(effect) * 2 + Number(after !== 'open');
  return [...addresses].sort((a, b) => rank(a) - rank(b));
}

function cellsOf(row: ExposureResult['addresses'][number]): string[] {
  return [
    row.effect, row.address, row.before, row.after, change(row, ({ mbpsText }) => mbpsText), change(row, ({ chargeTypeText }) => chargeTypeText),
    row.resources.map(({ address }) => address).join(', '), row.constructPath ?? '', [row.because, ...row.notes].filter(Boolean).join('; '),
  ];
}

function change({ had, has }: ExposedAddress, text: (bandwidth: Bandwidth) => string): string {
  const [before, after] = [had, has].map(([bandwidth]) => bandwidth && text(bandwidth));
  return before === undefined || after === undefined || before === after ? after ?? before ?? '' : `${before} to ${after}`;
}

/** What a program reads of one side of the apply. A number that is not told is the text that says why. */
function side(state: State, [bandwidth]: readonly Bandwidth[]): object {
  if (!bandwidth) return { state };
  const { mbps, mbpsText, chargeTypeText } = bandwidth;
  return { state, mbps: String(mbps) === mbpsText ? mbps : mbpsText, chargeType: chargeTypeText };
}

function wordOf({ isForbidden, acknowledgement }: Finding): string {
  return isForbidden ? 'forbidden' : acknowledgement ? 'acknowledged' : 'warning';
}

function textOf({ ruleId, subject, path, actual, limit, acknowledgement }: Finding): string {
  const where = path === '' || path === subject ? subject : `${subject} (${path})`;
  return `${ruleId}: ${where}: ${actual}; allowed is ${limit}${acknowledgement ? `; ${acknowledgement.reason}` : ''}`;
}
