import { Finding } from '../../../src/exposure/findings';
import { messages, remarks, sorted, summary, textOf } from '../exposure-output';
import { ExposureReport } from '../exposure-report';
import { join, oneLine, Text } from '../text';

/** One test of a suite: without an outcome, it passes. */
interface TestCase {
  readonly name: string;
  readonly outcome?: { readonly element: 'failure' | 'skipped' | 'system-out'; readonly type?: string; readonly text: string };
}

/** JUnit XML: a suite for each plan or state, and a test for each finding and for each address without one. */
export function exposureJunit({ results, findings, stale }: ExposureReport): Text {
  const suites = results.map((result) => {
    const found = new Set(result.findings.map(({ place }) => place.subject));
    const cases: TestCase[] = [
      ...result.findings.map(caseOf),
      ...sorted(result).filter(({ resources }) => !resources.some((resource) => found.has(resource)))
        .map(({ address, resources }) => ({ name: `${resources[0]} (${address})` })),
      ...remarks(result).map((remark) => ({ name: remark, outcome: { element: 'skipped' as const, text: remark } })),
    ];
    // A suite without a test is an error in Jenkins.
    return suite(result.name, cases.length > 0 ? cases : [{ name: summary(result) }]);
  });
  const shared = [...findings.map(caseOf), ...messages({ findings: [], stale }).map(({ text }) => ({ name: text, outcome: { element: 'skipped' as const, text } }))];
  return join([
    '<?xml version="1.0" encoding="UTF-8"?>' as Text,
    '<testsuites name="IPv6 exposure">' as Text,
    ...suites,
    ...shared.length > 0 ? [suite('all plans and states', shared)] : [],
    '</testsuites>' as Text,
  ]);
}

function caseOf(finding: Finding): TestCase {
  const { ruleId, place, severity, acknowledgement } = finding;
  return {
    name: `${ruleId}: ${place.subject}`,
    outcome: { element: acknowledgement ? 'skipped' : severity === 'error' ? 'failure' : 'system-out', type: ruleId, text: textOf(finding) },
  };
}

function suite(name: string, cases: readonly TestCase[]): Text {
  const count = (element: string) => cases.filter(({ outcome }) => outcome?.element === element).length;
  return join([
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}">` as Text,
    ...cases.map((each) => `    <testcase classname="${xml(name)}" name="${xml(each.name)}" time="0">${outcomeOf(each)}</testcase>` as Text),
    '  </testsuite>' as Text,
  ]);
}

function outcomeOf({ outcome }: TestCase): string {
  switch (outcome?.element) {
    case undefined: return '';
    case 'failure': return `<failure type="${xml(outcome!.type!)}" message="${xml(outcome!.text)}"/>`;
    case 'skipped': return `<skipped message="${xml(outcome!.text)}"/>`;
    case 'system-out': return `<system-out>${xml(outcome!.text)}</system-out>`;
  }
}

/** A text as the content of an element or attribute. XML has two characters less than a line. */
function xml(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(/[\ufffe\uffff]/g, '\ufffd');
}
