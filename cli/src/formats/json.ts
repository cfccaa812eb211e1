import { Finding } from '../../../src/exposure/findings';
import { numberOrText, sorted } from '../exposure-output';
import { ExposureReport } from '../exposure-report';
import { json, Text } from '../text';

/** The version of the output. schema/exposure.schema.json describes it, and changes with it. */
const FORMAT = 1;

export function exposureJson({ results, findings, stale }: ExposureReport): Text {
  return json({
    format: FORMAT,
    results: results.map((result) => ({
      name: result.name,
      kind: result.kind,
      complete: !result.isIncomplete,
      addresses: sorted(result).map(({ before, after, mbps, chargeType, ...row }) => ({
        ...row,
        before: { inbound: before, mbps: numberOrText(mbps.before), chargeType: chargeType.before },
        after: { inbound: after, mbps: numberOrText(mbps.after), chargeType: chargeType.after },
      })),
      findings: result.findings.map(findingJson),
      publicServices: result.services,
    })),
    findings: findings.map(findingJson),
    unusedAcknowledgements: stale,
  });
}

function findingJson({ place: { subject, path, block }, ...finding }: Finding): object {
  return { ...finding, subject, path, block };
}
