using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

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
    internal (string? Expected, ProblemHttpResult? Refused) Condition()
    {
        var (expected, refused) = Precondition.Of(IfMatch, IfNoneMatch);
        return (expected, refused is null ? null : Problems.Of(refused));
    }
}
