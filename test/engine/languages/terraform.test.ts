/** Terraform: blocks, members in any order, nested blocks, values of `locals` and `variable`. */
import { expect, test } from 'vitest';
import { linesFound, ruleYaml, sessionFor } from '../support.js';

const BUCKET = `resource "cloud_bucket" "b" {
  name    = "logs"
  public  = "true"
  region  = var.region
  options = { Mode = "fast", "Size" : 3 }

  rules {
    inner {
      days = 7
    }
  }
}
variable "region" {
  default = "north"
}
`;

test('a block is matched by its type, labels and members in any order', async () => {
  expect(
    await linesFound('terraform', 'resource "cloud_bucket" $NAME {\n  ...\n  public = true\n  name = "..."\n  ...\n}', BUCKET),
  ).toEqual([1]);
  expect(await linesFound('terraform', 'resource "cloud_disk" $NAME { ... }', BUCKET)).toEqual([]);
  expect(await linesFound('terraform', 'resource $TYPE "b" {\n  ...\n  size = $X\n  ...\n}', BUCKET)).toEqual([]);
});

test('a nested block may stand deeper', async () => {
  expect(
    await linesFound(
      'terraform',
      'resource "cloud_bucket" $NAME {\n  ...\n  inner {\n    ...\n    days = $D\n    ...\n  }\n  ...\n}',
      BUCKET,
    ),
  ).toEqual([1]);
  expect(await linesFound('terraform', 'inner { days = 8 }', BUCKET)).toEqual([]);
});

test('members and expressions alone', async () => {
  expect(await linesFound('terraform', 'days = 7', BUCKET)).toEqual([9]);
  expect(await linesFound('terraform', '{ ..., Mode = "fast", ... }', BUCKET)).toEqual([5]);
  expect(await linesFound('terraform', '{ ..., "Size": $N, ... }', BUCKET)).toEqual([5]);
  expect(await linesFound('terraform', 'var.$X', BUCKET)).toEqual([4]);
});

test('a default is what a variable stands for', async () => {
  expect(await linesFound('terraform', 'region = "north"', BUCKET)).toEqual([4]);
  expect(await linesFound('terraform', '"north"', BUCKET)).toEqual([4, 14]);
});

test('a pattern that is no Terraform is refused', async () => {
  const session = await sessionFor(ruleYaml('terraform', 'resource "a" = {'));
  expect(session.errors).toHaveLength(1);
});
