import { TerraformVariable, Token } from 'cdktf';
import { isCompleteTemplate } from '../../src/terraform/template-syntax';
import { makeStack, textVariable } from '../synth';

test.each([
  'plain text', '', '${var.a}', 'a-${var.a}-b', '${f("}")}', '${f("${var.a}")}', '${f({ a = [1, (2)] })}', '${"a ${"b ${var.c}"}"}', '${a /* } */}',
  '$${not an expression', '%%{nor a directive', '%{ if var.a }yes%{ else }no%{ endif }', '%{ for x in var.l }${x}%{ endfor }', '%{~ if var.a ~}x%{~ endif ~}',
  '${"quoted \\" quote"}', '} closes nothing',
])('%j is complete', (text) => {
  expect(isCompleteTemplate(text)).toBe(true);
});

test.each([
  '${', '${}', '${ }', '${var.a', '${f(}', '${f(]}', '${"}', '${f("${var.a)}")', '${a /* }', '${"line\nbreak"}',
  '%{ if var.a }yes', '%{ endif }', '%{ nothing }', '%{', '#{TfToken[TOKEN.0]}${', '${TfToken[TOKEN.999999]}',
])('%j is not', (text) => {
  expect(isCompleteTemplate(text)).toBe(false);
});

test('a token is complete; an element that is taken out of the token of a list is not', () => {
  const stack = makeStack();
  expect(isCompleteTemplate(`a ${textVariable(stack, 'a')}`)).toBe(true);
  expect(isCompleteTemplate(Token.asList(new TerraformVariable(stack, 'list', {}).value)[0])).toBe(false);
});
