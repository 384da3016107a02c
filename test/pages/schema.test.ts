import { registerHooks } from 'node:module';
import { expect, test } from 'vitest';
import { openTown } from '../api/support/town.ts';

const header =
  '// Made from the published description (OpenAPI) by `npm run api-types`; a test fails when it is old.\n\n';

/** The generator prints with the JavaScript API of the compiler, which TypeScript 7 no longer has. */
async function typesOf(document: string): Promise<string> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === 'typescript' ? '@typescript/typescript6' : specifier, context),
  });
  const { astToString, default: openapiTypes } = await import('openapi-typescript');
  const types = astToString(await openapiTypes(document, { alphabetize: true }));
  hooks.deregister();
  return types;
}

test('the types of the pages are those of the published interface', { timeout: 120_000 }, async () => {
  const town = await openTown();
  const { text } = await town.ask(undefined, 'GET', '/api/v1/openapi.json');
  await town.close();
  await expect(header + (await typesOf(text))).toMatchFileSnapshot('../../web/service/schema.d.ts');
});
