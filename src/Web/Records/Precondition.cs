using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>
/// What a change expects of the thing that it changes, as the headers <c>If-Match</c> and <c>If-None-Match</c> say it (RFC 9110, 13.1). All
/// endpoints with tags read the headers here.
/// </summary>
internal static class Precondition
{
    /// <returns>
    /// A tag, <see cref="RecordTag.Any"/>, <see cref="RecordTag.None"/>, or null if the headers say nothing. Otherwise the reason why they
    /// cannot be read. <c>If-Match</c> compares strongly, so a weak tag never matches: it is returned as it is.
    /// </returns>
    public static (string? Expected, Refusal? Refused) Of(string? ifMatch, string? ifNoneMatch) =>
        (ifMatch?.Trim(), ifNoneMatch?.Trim()) switch
        {
            (null or "", null or "") => (null, null),
            (null or "", "*") => (RecordTag.None, null),
            ("*", null or "") => (RecordTag.Any, null),
            ({ } tag, null or "") when IsTag(tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag) => (
                // These two are tags that no record has, and not the signs for any record and for no record.
                tag is "\"*\"" or "\"-\""
                || tag[0] != '"'
                    ? tag
                    : tag[1..^1],
                null
            ),
            (not (null or ""), null or "") => (null, Bad("If-Match has one tag in quotation marks, or *.", "If-Match")),
            _ => (null, Bad("Send If-Match, or If-None-Match with *.", "If-None-Match")),
        };

    public static (string? Expected, Refusal? Refused) Of(HttpContext http) =>
        Of(http.Request.Headers.IfMatch, http.Request.Headers.IfNoneMatch);

    private static bool IsTag(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' && !text[1..^1].Contains('"');

    private static Refusal Bad(string message, string header) => new(RequestCodes.BadParameter, message) { Place = header };
}
