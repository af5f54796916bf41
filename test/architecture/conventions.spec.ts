import { expect, test } from 'vitest';
import { readSource, sourceFiles, type SourceFile } from './source-files.ts';

const product = sourceFiles(['src-main', 'src-renderer'], ['.ts', '.svelte', '.mjs']);
const paths = (files: SourceFile[]): string[] => files.map((file) => file.path);

test('no file only hands on what others define', () => {
  const statements = (text: string): string[] =>
    text
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '')
      .split(/;|\n(?=import|export)/u)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const barrels = product.filter((file) => {
    const parts = statements(file.text);
    return (
      parts.length > 0 && parts.every((part) => /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})[\s\S]*\sfrom\s/u.test(part))
    );
  });
  expect(paths(barrels)).toEqual([]);
  expect(paths(product).filter((path) => /(?:^|\/)index\.ts$/u.test(path))).toEqual([]);
});

test('files are named in kebab-case, components in PascalCase', () => {
  const wrong = paths(product).filter((path) => {
    const name = path.split('/').at(-1) ?? '';
    return name.endsWith('.svelte')
      ? !/^[A-Z][A-Za-z0-9]*\.svelte$/u.test(name)
      : !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.svelte|\.d)?\.(?:ts|mjs)$/u.test(name);
  });
  expect(wrong).toEqual([]);
});

test('nothing is left for later', () => {
  const marks = /\b(?:TODO|FIXME|XXX)\b/u;
  expect(paths(product.filter((file) => marks.test(file.text)))).toEqual([]);
});

test('SQL stands in the SQLite adapter only', () => {
  const statement = /\b(?:SELECT\s+[\w*.,\s]+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b/u;
  const elsewhere = product.filter(
    (file) => !file.path.startsWith('src-main/adapters/sqlite/') && statement.test(file.text),
  );
  expect(paths(elsewhere)).toEqual([]);
});

test('core, services and adapters throw AppError, or an Error where only a programming mistake leads', () => {
  const families = /throw new (?!AppError|Error\b|TypeError|RangeError)\w+/u;
  const inside = product.filter((file) => /^src-main\/(?:core|services|adapters)\//u.test(file.path));
  expect(paths(inside.filter((file) => families.test(file.text)))).toEqual([]);
});

test('packages are pinned, and none runs an install script', () => {
  expect(readSource('.npmrc')).toContain('ignore-scripts=true');
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readSource('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version))).toEqual([]);
});
