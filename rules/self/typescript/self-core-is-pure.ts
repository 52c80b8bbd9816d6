// ruleid: self-core-is-pure
import { readFile } from 'node:fs/promises';
// ruleid: self-core-is-pure
import type { Host } from '../../host/node/files.js';
// ruleid: self-core-is-pure
import * as vscode from 'vscode';

// ok: self-core-is-pure
import { parse } from 'yaml';
// ok: self-core-is-pure
import type { Rule } from '../pack/rule.js';
