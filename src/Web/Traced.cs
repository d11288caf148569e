using ConsultHub.Audit;

namespace ConsultHub.Web;

/// <summary>What the trace tells of an endpoint's requests.</summary>
/// <param name="Kind">The kind of the row for each request that succeeds.</param>
/// <param name="What">What such a request does, for example <c>cases.read</c>.</param>
internal sealed record TraceMark(string Kind, string What);

/// <summary>Says that a refusal of this endpoint is a refused sign-in. An unknown link counts as one.</summary>
internal sealed record SignInMark;

/// <summary>What the handler of a request knows about its row in the trace.</summary>
internal sealed class Traced
{
    /// <summary>Whether the request leaves no row, for example because people read what is their own.</summary>
    public bool Skipped { get; set; }

    /// <summary>The person who tried to sign in, or whom a link is for.</summary>
    public PersonId? Person { get; set; }

    public string? Thing { get; set; }

    public NetworkId? Network { get; set; }

    /// <summary>The code with which the request was refused.</summary>
    public string? Code { get; set; }
}

/// <summary>With these methods endpoints say what the trace tells of them.</summary>
internal static class Tracing
{
    /// <summary>Each successful request of the endpoint leaves a row, because it reads private data.</summary>
    public static TBuilder Traces<TBuilder>(this TBuilder builder, string what)
        where TBuilder : IEndpointConventionBuilder => builder.Traces(AuditKinds.ReadPrivate, what);

    /// <summary>Each successful request of the endpoint leaves a row of the given kind.</summary>
    public static TBuilder Traces<TBuilder>(this TBuilder builder, string kind, string what)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TraceMark(kind, what));

    /// <summary>A refusal of the endpoint is a refused sign-in.</summary>
    public static TBuilder TracesSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SignInMark());

    public static Traced Traced(this HttpContext http)
    {
        if (http.Features.Get<Traced>() is { } known)
            return known;
        var traced = new Traced();
        http.Features.Set(traced);
        return traced;
    }

    /// <summary>This request leaves no row.</summary>
    public static void LeaveNoTrace(this HttpContext http) => http.Traced().Skipped = true;
}
