import { ReportContent, ReportedBandwidth } from './report-content';
import { Acknowledgement } from '../findings';
import { AddressTotal, showSum } from '../totals';

const UNKNOWN = 'unknown';

/** Web views draw up to 500 arrows and 50,000 characters. */
const MOST_DRAWN = 100;

/** Returns the report as a reviewer reads it in a repository's web view. */
export function reportMarkdown({ bandwidths: rows, totalsByGateway, totalsByInbound, acknowledgements, notRead }: ReportContent): string {
  const onRows = new Set(rows.flatMap((row) => row.acknowledgements));
  const elsewhere = acknowledgements.filter((acknowledgement) => !onRows.has(acknowledgement));
  return [
    '# IPv6 exposure',
    rows.length === 0
      ? 'No address has Internet bandwidth.'
      : `Addresses with Internet bandwidth: ${totalsByInbound.map(({ name, addresses }) => `${showSum(addresses)} ${name}`).join('; ')}.`,
    ...section(rows.length > 0, '## Addresses', table(
      ['Construct', 'Address', 'Gateway', 'Inbound', 'Mbit/s', 'Charge type', 'Acknowledged'],
      rows.map((row) => [
        code(row.subject) + (row.isHandWritten ? ' (hand-written)' : ''),
        code(row.addressText) + (row.addresses === 1 ? '' : ` (${row.addresses ?? UNKNOWN})`),
        row.gateway === undefined ? UNKNOWN : code(row.gateway),
        row.inbound === 'closed' ? row.inbound : `**${row.inbound}**: ${prose(row.reason ?? UNKNOWN)}`,
        String(row.mbps ?? UNKNOWN),
        prose(row.chargeType ?? UNKNOWN),
        row.acknowledgements.map(({ ruleId, reason }) => `${ruleId}: ${prose(reason)}`).join('<br>'),
      ]),
    )),
    ...section(rows.length > 0, '## Totals', totalsTable('Gateway', totalsByGateway), totalsTable('Inbound', totalsByInbound)),
    ...section(rows.length > 0, '## Picture', `\`\`\`mermaid\n${picture(rows, totalsByGateway)}\n\`\`\``),
    ...section(elsewhere.length > 0, '## Acknowledged elsewhere', table(
      ['Construct', 'Rule', 'Reason'],
      elsewhere.map((acknowledgement) => [code(nameOf(acknowledgement)), acknowledgement.ruleId, prose(acknowledgement.reason)]),
    )),
    ...section(notRead.length > 0, '## Not read', `The synthesis cannot read what these open: ${notRead.map(code).join(', ')}.`),
  ].join('\n\n') + '\n';
}

function section(wanted: boolean, title: string, ...content: string[]): string[] {
  return wanted ? [title, ...content] : [];
}

function totalsTable(of: string, totals: readonly AddressTotal[]): string {
  return table(
    [of, 'Addresses', 'Open or unproven', 'Mbit/s'],
    totals.map(({ name, addresses, open, mbps }) => [code(name), showSum(addresses), showSum(open), showSum(mbps)]),
  );
}

function table(head: string[], lines: string[][]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Draws the Internet, the gateways and the addresses. A large fleet has gateways only. */
function picture(rows: readonly ReportedBandwidth[], gateways: readonly AddressTotal[]): string {
  const drawn = gateways.slice(0, MOST_DRAWN);
  const ids = new Map(drawn.map(({ name }, index) => [name, `gateway${index + 1}`]));
  const lines = ['flowchart LR', '  internet(("Internet"))'];
  for (const { name, addresses, open } of drawn) {
    const isOpen = open.known + open.unknown > 0;
    const texts = rows.length <= MOST_DRAWN ? [name] : [name, `addresses: ${showSum(addresses)}`, `open: ${showSum(open)}`];
    lines.push(`  ${ids.get(name)}[${label(...texts)}]`, isOpen ? `  internet <--> ${ids.get(name)}` : `  ${ids.get(name)} --> internet`);
  }
  for (const [index, row] of rows.length <= MOST_DRAWN ? rows.entries() : []) {
    const [id, gateway] = [`address${index + 1}`, ids.get(row.gateway ?? UNKNOWN)];
    lines.push(`  ${id}(${label(row.subject, `${row.mbps ?? UNKNOWN} Mbit/s`)})`, row.inbound === 'closed' ? `  ${id} --> ${gateway}` : `  ${gateway} <--> ${id}`);
  }
  if (gateways.length > drawn.length) lines.push(`  more[${label(`${gateways.length - drawn.length} more gateways`)}]`);
  return lines.join('\n');
}

function nameOf({ path, block }: Acknowledgement): string {
  return block === undefined ? path || 'app' : `${path || 'app'} (${block})`;
}

/** Returns a text for a Mermaid picture, with special characters as code points. */
function label(...texts: string[]): string {
  const safe = texts.map((text) => text.replace(/[^\w /.,:-]/gu, (character) => `#${character.codePointAt(0)};`));
  return `"${safe.join('<br/>')}"`;
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
