/** Solidity: contracts, modifiers, calls with options, loops, calls after an operator. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `pragma solidity ^0.8.0;
contract Vault is Base, Guarded(1) {
  uint256 public total = 3;
  mapping(address => uint) shares;
  modifier onlyKeeper() { require(msg.sender == keeper, "no"); _; }
  function pay(address payable to, uint sum) external onlyKeeper returns (bool) {
    (bool ok, ) = to.call{value: sum, gas: 50}("");
    for (uint i = 0; i < list.length; i++) { total += i; }
    uint rate = sum / pool.reserve();
    if (!ok) revert Failed(to);
    { token.move(to); }
    return ok;
  }
}
`;

test('contracts, members and functions', async () => {
  expect(await linesFound('solidity', 'contract $C is ..., Guarded, ... { ... }', CODE)).toEqual([2]);
  expect(await linesFound('solidity', 'contract $C {\n  ...\n  $T public $X = ...;\n  ...\n}', CODE)).toEqual([2]);
  expect(await linesFound('solidity', 'function $F(..., uint $N, ...) external { ... }', CODE)).toEqual([6]);
  expect(await linesFound('solidity', 'function $F(...) onlyKeeper { ... }', CODE)).toEqual([6]);
  expect(await linesFound('solidity', 'function $F(...) public { ... }', CODE)).toEqual([]);
});

test('calls, loops, errors', async () => {
  expect(await linesFound('solidity', '$TO.call{$VALUE: ..., $GAS: ...}(...)', CODE)).toEqual([7]);
  expect(await linesFound('solidity', 'for (...; $X.length; ...) { ... }', CODE)).toEqual([]);
  expect(await linesFound('solidity', 'for ($T $I = 0; ...; ...) { ... }', CODE)).toEqual([8]);
  expect(await linesFound('solidity', 'function $F(...) {\n  ...\n  $X.move(...);\n  ...\n}', CODE)).toEqual([6]);
  expect(await linesFound('solidity', '++$X', CODE)).toEqual([]);
});

test('a call after an operator is its operand', async () => {
  expect(await linesFound('solidity', '$X / $Y.reserve()', CODE)).toEqual([9]);
  expect(await linesFound('solidity', '$X.reserve()', CODE)).toEqual([9]);
});
