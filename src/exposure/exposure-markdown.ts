/** What a report says, in words. */
interface ReportText {
  readonly rows: readonly RowText[];
  readonly totalsByGateway: readonly TotalText[];
  readonly totalsByDirection: readonly TotalText[];
  readonly handWritten: readonly { readonly constructPath: string; readonly resourceType: string; readonly address: string }[];
  readonly acknowledgements: readonly AcknowledgementText[];
  readonly modules: readonly string[];
}

interface RowText {
  readonly constructPath: string;
  readonly foundBy: string;
  readonly address: string;
  readonly gateway: string;
  readonly direction: string;
  readonly openBecause?: string;
  readonly bandwidth: string;
  readonly addresses: string;
  readonly chargeType: string;
  readonly adopted: boolean;
  readonly handWritten: boolean;
  readonly acknowledgements: readonly AcknowledgementText[];
}

interface TotalText {
  readonly name: string;
  readonly bandwidths: number;
  readonly inbound: number;
  readonly mbps: number;
  readonly unknown: number;
}

interface AcknowledgementText {
  readonly constructPath: string;
  readonly ruleId: string;
  readonly reason: string;
}

/** How a set is found: the row says what of, and with it how many. */
const SETS: ReadonlySet<string> = new Set(['ids', 'instances', 'interfaces', 'vSwitch', 'VPC']);

const OUTBOUND_ONLY = 'outbound only';

/** Web views draw up to 500 arrows and 50,000 characters: an address takes one of each and some hundred. */
const MOST_DRAWN = 100;

/** The report as a reviewer reads it in a repository's web view. */
export function exposureMarkdown(report: ReportText): string {
  const { rows, handWritten, modules } = report;
  const onRows = new Set(rows.flatMap(({ acknowledgements }) => acknowledgements.map(nameOf)));
  const elsewhere = report.acknowledgements.filter((acknowledgement) => !onRows.has(nameOf(acknowledgement)));
  const inbound = rows.filter(isInbound).length;
  return [
    '# IPv6 exposure',
    rows.length === 0
      ? 'No address has Internet bandwidth.'
      : `Internet bandwidth: ${rows.length}. Open to connections from the Internet: ${inbound}. Outbound only: ${rows.length - inbound}.`,
    ...section(rows.length > 0, '## Addresses', table(
      ['Construct', 'Address', 'Gateway', 'Direction', 'Mbit/s', 'Charge type', 'Adopted', 'Acknowledged'],
      rows.map((row) => [
        code(row.constructPath) + (row.handWritten ? ' (hand-written)' : ''),
        `${row.foundBy}: ${code(row.address)}${row.addresses === '1' || SETS.has(row.foundBy) ? '' : `, ${figure(row.addresses)} times`}`,
        code(row.gateway),
        isInbound(row) ? `**${row.direction}**: ${row.openBecause}` : row.direction,
        figure(row.bandwidth),
        figure(row.chargeType),
        row.adopted ? 'yes' : 'no',
        row.acknowledgements.map(({ ruleId, reason }) => `${ruleId}: ${prose(reason)}`).join('<br>'),
      ]),
    )),
    ...section(rows.length > 0, '## Totals', totalsTable('Gateway', report.totalsByGateway, code), totalsTable('Direction', report.totalsByDirection, prose)),
    ...section(rows.length > 0, '## Picture', `\`\`\`mermaid\n${picture(report)}\n\`\`\``),
    ...section(handWritten.length > 0, '## Not made with the library', table(
      ['Construct', 'Type', 'Address'],
      handWritten.map(({ constructPath, resourceType, address }) => [code(constructPath), code(resourceType), code(address)]),
    )),
    ...section(elsewhere.length > 0, '## Acknowledged elsewhere', table(
      ['Construct', 'Rule', 'Reason'],
      elsewhere.map(({ constructPath, ruleId, reason }) => [code(constructPath || 'app'), ruleId, prose(reason)]),
    )),
    ...section(modules.length > 0, '## Not looked into', `Modules, and files beside the synthesized one, whose resources only Terraform knows: ${modules.map(code).join(', ')}.`),
  ].join('\n\n') + '\n';
}

function section(wanted: boolean, title: string, ...content: string[]): string[] {
  return wanted ? [title, ...content] : [];
}

function totalsTable(of: string, totals: readonly TotalText[], name: (text: string) => string): string {
  return table(
    [of, 'Bandwidths', 'Open to the Internet', 'Mbit/s', 'Mbit/s known to Terraform only'],
    totals.map((total) => [name(total.name), String(total.bandwidths), String(total.inbound), String(total.mbps), String(total.unknown)]),
  );
}

function table(head: string[], lines: string[][]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The Internet, the gateways and the addresses; of a large fleet, the addresses of a gateway and a direction as one. */
function picture({ rows, totalsByGateway }: ReportText): string {
  const drawn = totalsByGateway.slice(0, MOST_DRAWN);
  const lines = ['flowchart LR', '  internet(("Internet"))'];
  const ids = new Map(drawn.map(({ name }, index) => [name, `gateway${index + 1}`]));
  for (const { name, inbound } of drawn) {
    lines.push(`  ${ids.get(name)}[${label(name)}]`, inbound > 0 ? `  internet <--> ${ids.get(name)}` : `  ${ids.get(name)} --> internet`);
  }
  let nodes = 0;
  const draw = (gateway: string, text: string, inbound: boolean): void => {
    const id = `address${++nodes}`;
    lines.push(`  ${id}(${text})`, inbound ? `  ${ids.get(gateway)} <--> ${id}` : `  ${id} --> ${ids.get(gateway)}`);
  };
  if (rows.length <= MOST_DRAWN) {
    for (const row of rows) draw(row.gateway, label(row.constructPath, `${row.bandwidth} Mbit/s`), isInbound(row));
  } else {
    for (const { name, bandwidths, inbound } of drawn) {
      if (inbound > 0) draw(name, label(`${inbound} open to the Internet`), true);
      if (bandwidths > inbound) draw(name, label(`${bandwidths - inbound} outbound only`), false);
    }
  }
  const left = totalsByGateway.length - drawn.length;
  if (left > 0) lines.push(`  more[${label(`${left} more gateways`)}]`);
  return lines.join('\n');
}

function isInbound({ direction }: RowText): boolean {
  return direction !== OUTBOUND_ONLY;
}

function nameOf({ constructPath, ruleId }: AcknowledgementText): string {
  return `${ruleId} ${constructPath}`;
}

/** A text in a Mermaid picture: whatever could end it, or be more than text, is written by its code point. */
function label(...texts: string[]): string {
  const safe = texts.map((text) => text.replace(/[^\w /.,:-]/gu, (character) => `#${character.codePointAt(0)};`));
  return `"${safe.join('<br/>')}"`;
}

/** What is a literal reads better without; an expression is marked as what it is. */
function figure(text: string): string {
  return /^\w+$/.test(text) ? text : code(text);
}

function code(text: string): string {
  if (!/[`|\s]/.test(text)) return `\`${text}\``;
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${oneLine(text).replace(/\|/g, '\\|')}${padding}${fence}`;
}

function prose(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#&]/g, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
