export const conference = {
}
