import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Finding } from '../../../src/exposure/findings';
import { EXPOSURE_RULES } from '../../../src/exposure/rules';
import { remarks, staleText, textOf } from '../exposure-output';
import { ExposureReport, ExposureResult } from '../exposure-report';
import { inRepository } from '../source-location';
import { json, oneLine, Text } from '../text';

const REPOSITORY = 'https://github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6';
const RULES = EXPOSURE_RULES.filter(({ onlyIn }) => onlyIn !== 'program');

/** SARIF 2.1.0, for code scanning. */
export function exposureSarif({ results, findings, stale }: ExposureReport, version: string): Text {
  const [first] = results;
  const warnings = [...results.flatMap((result) => remarks(result).map((remark) => `${result.name}: ${remark}`)), ...stale.map(staleText)];
  return json({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'alicloud-ipv6',
          semanticVersion: version,
          informationUri: REPOSITORY,
          rules: RULES.map(({ id, why }) => ({ id, shortDescription: { text: why }, helpUri: `${REPOSITORY}/blob/main/docs/rules.md` })),
        },
      },
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: warnings.map((text) => ({ level: 'warning', message: { text: oneLine(text) } })),
      }],
      results: [
        ...results.flatMap((result) => result.findings.map((finding) => resultOf(finding, result))),
        // Code scanning refuses a result without a file.
        ...findings.map((finding) => resultOf(finding, first)),
      ],
      columnKind: 'utf16CodeUnits',
    }],
  });
}

function resultOf(finding: Finding, result: ExposureResult): object {
  const { ruleId, place: { subject, path: place, block }, severity, acknowledgement } = finding;
  return {
    ruleId,
    ruleIndex: RULES.findIndex(({ id }) => id === ruleId),
    level: severity,
    message: { text: oneLine(textOf(finding)) },
    locations: [{
      physicalLocation: physicalLocation(result, subject),
      logicalLocations: [{ fullyQualifiedName: oneLine(subject), kind: 'resource' }],
    }],
    // The line of a plan's JSON is meaningless, and changes with each plan.
    partialFingerprints: { 'findingPlace/v1': createHash('sha256').update(JSON.stringify([ruleId, place, block, subject])).digest('hex') },
    suppressions: acknowledgement ? [{ kind: 'external', status: 'accepted', justification: oneLine(acknowledgement.reason) }] : [],
  };
}

/** The block in the configuration; else the first line of the plan or state. */
function physicalLocation({ file, lineOf }: ExposureResult, subject: string): object | undefined {
  const at = lineOf(subject) ?? (file === undefined ? undefined : { file, line: 1 });
  if (!at) return undefined;
  const name = inRepository(at.file);
  return {
    artifactLocation: path.isAbsolute(name) ? { uri: pathToFileURL(name).href } : { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
    region: { startLine: at.line },
  };
}
