import { createNodeResolver, flatConfigs, importX } from 'eslint-plugin-import-x'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['dist', 'src/api/schema.ts']),
  typescript.configs.recommended,
  flatConfigs.typescript,
  hooks.configs.flat.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })] },
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      // It warns of components that the React compiler skips. The build does not use that compiler.
      'react-hooks/incompatible-library': 'off',
      'react-hooks/unsupported-syntax': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': 'error',
    },
  },
)
