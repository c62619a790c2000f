#!/usr/bin/env node
// Stands in for the desktop's program where only the server of VS Code can be had; takes the flags which test-electron gives it.
import { tsImport } from 'tsx/esm/api';

await tsImport('./code.ts', import.meta.url);
