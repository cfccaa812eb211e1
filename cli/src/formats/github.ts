import { Finding } from '../../../src/exposure/findings';
import { remarks, staleText, summary, summaryOfAll, textOf } from '../exposure-output';
import { ExposureReport, ExposureResult } from '../exposure-report';
import { inRepository } from '../source-location';
import { join, line, oneLine, Text } from '../text';

type Command = 'error' | 'warning' | 'notice';

/** Workflow commands of GitHub Actions, which become annotations. GitHub shows ten of each kind in a step: errors are first. */
export function exposureGithub({ results, findings, stale }: ExposureReport): Text {
  const commands = [
    ...results.flatMap((result) => result.findings.map((finding) => commandOf(finding, result))),
    ...findings.map((finding) => commandOf(finding)),
    ...stale.map((acknowledgement) => workflowCommand('warning', { title: acknowledgement.ruleId }, staleText(acknowledgement))),
    ...results.flatMap((result) => remarks(result).map((remark) => workflowCommand('warning', { title: 'IPv6 exposure' }, `${result.name}: ${remark}`))),
  ];
  const rank = (command: Text) => ['::error', '::warning', '::notice'].findIndex((each) => command.startsWith(each));
  return join([
    ...commands.sort((one, other) => rank(one) - rank(other)),
    // A line that begins with a name could be a command.
    ...results.map((result) => line`IPv6 exposure of ${result.name}: ${summary(result)}`),
    ...results.length > 1 ? [line`IPv6 exposure in all: ${summaryOfAll(results)}`] : [],
  ]);
}

function commandOf(finding: Finding, result?: ExposureResult): Text {
  const { ruleId, place, severity, acknowledgement } = finding;
  const at = result?.lineOf(place.subject);
  const command = acknowledgement ? 'notice' : severity;
  return workflowCommand(command, { ...at && { file: inRepository(at.file), line: String(at.line) }, title: ruleId }, textOf(finding));
}

function workflowCommand(command: Command, properties: Readonly<Record<string, string>>, message: string): Text {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${data(value).replace(/:/g, '%3A').replace(/,/g, '%2C')}`);
  return `::${command} ${written.join(',')}::${data(message)}` as Text;
}

/** One line, in which only GitHub's escapes have percent signs. */
function data(text: string): string {
  return oneLine(text).replace(/%/g, '%25');
}
