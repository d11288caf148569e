using ConsultHub.Conferences.Edits;
using ConsultHub.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ConsultHub.Web.Conferences;

/// <summary>The headers of a request that edits a conference or a session.</summary>
/// <param name="IfMatch">The tag of what the person saw, or <c>*</c> for whatever is there.</param>
/// <param name="IfNoneMatch"><c>*</c>, if the thing must be new.</param>
/// <param name="Reason">Percent-encoded UTF-8, at most 500 characters.</param>
/// <param name="CommandId">The id of the command and all its retries. The hub makes one if the client gives none.</param>
public sealed record EditHeaders(
    [property: FromHeader(Name = "If-Match")] string? IfMatch,
    [property: FromHeader(Name = "If-None-Match")] string? IfNoneMatch,
    [property: FromHeader(Name = "X-Reason")] string? Reason,
    [property: FromHeader(Name = "X-Command-Id")] Guid? CommandId
)
{
    internal Guid Command => CommandId is { } id && id != Guid.Empty ? id : Guid.NewGuid();

    internal string? ReasonText => Reason is null ? null : Uri.UnescapeDataString(Reason);

    /// <summary>Returns what the command expects, or a refusal if the headers say nothing clear.</summary>
    internal (string? Expected, ProblemHttpResult? Refused) Condition() =>
        (IfMatch, IfNoneMatch) switch
        {
            (null, null) => (null, null),
            (null, "*") => (RecordTag.None, null),
            ("*", null) => (EditTag.Any, null),
            // A proxy that compresses answers may mark the tag as weak. It still names the same content.
            ({ } tag, null) when EntityTagHeaderValue.TryParse(tag, out var parsed) => (parsed.Tag.ToString().Trim('"'), null),
            (not null, null) => (null, Problems.Of(RequestCodes.BadParameter, "If-Match has one tag, or *.", "If-Match")),
            _ => (null, Problems.Of(RequestCodes.BadParameter, "Send If-Match, or If-None-Match with *.", "If-None-Match")),
        };
}
