import tseslint from "typescript-eslint";

const noRuntimeInCompiler = {
  patterns: [
    {
      group: ["@midl-ts/runtime", "@midl-ts/runtime/*", "**/runtime/**"],
      message: "The compiler does not know the runtime.",
    },
  ],
};
const noCompilerInRuntime = {
  patterns: [
    {
      group: ["midl-ts", "**/grammar/**", "**/generator/**", "chevrotain", "ts-morph", "prettier"],
      message: "The runtime stands alone.",
    },
  ],
};

export default tseslint.config(
  { ignores: ["**/dist/**", ".generated/**", "**/node_modules/**", "coverage/**", "test/**/*.golden/**"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "grammar/tsconfig.json",
          "generator/tsconfig.json",
          "runtime/tsconfig.json",
          "examples/tsconfig.json",
          "test/tsconfig.json",
          "test/tsconfig.programs.json",
          "test/tsconfig.programs.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  { files: ["grammar/**"], rules: { "no-restricted-imports": ["error", noRuntimeInCompiler], "no-console": "error" } },
  { files: ["generator/**"], rules: { "no-restricted-imports": ["error", noRuntimeInCompiler] } },
  { files: ["runtime/**"], rules: { "no-restricted-imports": ["error", noCompilerInRuntime], "no-console": "error" } },
  { files: ["**/*.mjs", "**/*.js"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["scripts/**/*.mjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
