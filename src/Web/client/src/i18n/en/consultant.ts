export const consultant = {
}
