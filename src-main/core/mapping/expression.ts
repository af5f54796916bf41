/** An expression mapping as a tree. An omitted argument (`Replace([x], "a", , , "b", , )`) is null. */
export type Expression =
  | { kind: 'attribute'; name: string }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'call'; name: string; arguments: (Expression | null)[] }
  | { kind: 'comparison'; operator: ComparisonOperator; left: Expression; right: Expression };

export type ComparisonOperator = '=' | '<>' | '>' | '>=' | '<' | '<=';

/** Names of the attributes that the expression reads, each once, in the order of the text. */
export const attributesOf = (expression: Expression): string[] => {
  const names = new Set<string>();
  const visit = (node: Expression | null): void => {
    switch (node?.kind) {
      case 'attribute':
        names.add(node.name);
        break;
      case 'call':
        node.arguments.forEach(visit);
        break;
      case 'comparison':
        visit(node.left);
        visit(node.right);
        break;
      default:
        break;
    }
  };
  visit(expression);
  return [...names];
};
