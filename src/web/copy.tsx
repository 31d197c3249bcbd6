/** A value to be carried into another window. The script adds the button; without it, one click selects it all. */
export const Copy = ({ value, label }: { value: string; label: string }) => (
  <span class="copy" data-copy={label}>
    <code>{value}</code>
  </span>
)
