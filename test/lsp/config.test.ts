import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../server/src/core/pack/config.js';

const at = (text: string): readonly string[] =>
  parseConfig(text, 'countersign.yaml').errors.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`);

describe('countersign.yaml', () => {
  it('names rules, rules to leave out, and a profile', () => {
    const { config, errors } = parseConfig(
      'packs: [team]\nrules:\n  - ./a/\n  - b.yaml\ndisable: [x, y]\nprofile: audit\naivss: v0.5\n',
      'c',
    );
    expect(errors).toEqual([]);
    expect(config.rulePaths.map(({ value }) => value)).toEqual(['team', 'a', 'b.yaml']);
    expect(config.disable.map(({ value }) => value)).toEqual(['x', 'y']);
    expect(config.profile).toBe('audit');
    expect(config.aivss).toBe('v0.5');
  });

  it.each(['', '\n', '# nothing\n', '---\n'])('may be empty: %j', (text) => {
    expect(at(text)).toEqual([]);
  });

  it.each([
    ['speed: fast\n', '0:0 config-key'],
    ['rules: [a]\nprofile: loud\n', '1:9 config-type'],
    ['disable:\n  - 7\n', '1:4 config-type'],
    ['aivss: v2\n', '0:7 config-type'],
    ['- a\n', '0:0 config-shape'],
    ['rules: [/etc/x]\n', '0:8 config-path'],
    ['rules: [a/../../b]\n', '0:8 config-path'],
    ['rules: [C:\\x]\n', '0:8 config-path'],
    ['rules: ["https://x.example/r.yaml"]\n', '0:8 config-path'],
  ])('is refused at its place: %j', (text, expected) => {
    expect(at(text)).toEqual([expected]);
  });

  it('says where YAML is broken, and keeps what it could read', () => {
    const { errors } = parseConfig('rules: [a\nprofile: audit\n', 'c');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]?.code).toBe('yaml-syntax');
  });

  it('does not expand aliases', () => {
    expect(parseConfig('a: &a [x]\nrules: *a\n', 'c').config.rulePaths).toEqual([]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseConfig(text, 'c')).toHaveProperty('config');
      }),
    );
  });
});
