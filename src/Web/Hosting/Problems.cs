using System.Text.Json;
using ConsultHub.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hosting;

/// <summary>RFC 9457 problem details with a stable <c>code</c>, and the <c>place</c> of the fault if there is one.</summary>
public static class Problems
{
    /// <param name="more">Further members of the answer.</param>
    public static ProblemHttpResult Of(Refusal refusal, params ReadOnlySpan<KeyValuePair<string, object?>> more) =>
        Of(StatusOf(refusal.Kind), refusal, more);

    /// <param name="detail">An English sentence. If it is null, the code's own sentence is used.</param>
    /// <param name="place">A JSON path, a parameter's name, or a line of a file.</param>
    public static ProblemHttpResult Of(Code code, string? detail = null, string? place = null) =>
        Of(new Refusal(code, detail ?? code.Message ?? code.Name) { Place = place });

    /// <summary>Returns the HTTP status of a kind of refusal. This is the only place that decides it.</summary>
    public static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.BadInput => 400,
            RefusalKind.NotSignedIn => 401,
            RefusalKind.NotAllowed => 403,
            RefusalKind.Unknown => 404,
            RefusalKind.NoSuchMethod => 405,
            RefusalKind.Conflict => 409,
            RefusalKind.Changed => 412,
            RefusalKind.TooLarge => 413,
            RefusalKind.UnsupportedType => 415,
            RefusalKind.Unreadable => 422,
            RefusalKind.ConditionMissing => 428,
            RefusalKind.TooMany => 429,
            RefusalKind.Fault => 500,
            RefusalKind.Unavailable => 503,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    private static ProblemHttpResult Of(int status, Refusal refusal, params ReadOnlySpan<KeyValuePair<string, object?>> more)
    {
        Dictionary<string, object?> extensions = new() { ["code"] = refusal.Code.Name };
        if (refusal.Place is not null)
            extensions["place"] = refusal.Place;
        if (!refusal.Findings.IsDefault)
            extensions["findings"] = refusal.Findings;
        if (!refusal.Findings.IsDefault || refusal.Current is not null)
            extensions["current"] = refusal.Current;
        foreach (var (key, value) in more)
            extensions[key] = value;
        return TypedResults.Problem(refusal.Message, statusCode: status, extensions: extensions);
    }

    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services.AddProblemDetails(options =>
            // The trace tells of refusals with their codes.
            options.CustomizeProblemDetails = context =>
            {
                if (
                    context.ProblemDetails.Status is 401 or 403 or 404
                    && context.ProblemDetails.Extensions.TryGetValue("code", out var code)
                )
                    context.HttpContext.Traced().Code = code as string;
            }
        );
    }

    /// <summary>Turns exceptions and empty error answers into problem details.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException || IsAway(context.Exception),
                ExceptionHandler = context => Of(context.Features.Get<IExceptionHandlerFeature>()!.Error).ExecuteAsync(context),
            }
        );
        app.UseStatusCodePages(context => OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    /// <summary>
    /// Whether the error means that a silo or the storage cannot be reached at the moment. The fault is not in this node, and the silo or
    /// the storage logs it.
    /// </summary>
    private static bool IsAway(Exception error) =>
        error is TimeoutException or Orleans.Runtime.OrleansException or JournalReadException or JournalWriteException;

    private static ProblemHttpResult Of(Exception error) =>
        error switch
        {
            BadHttpRequestException { InnerException: MissingOffsetException time } => Of(RequestCodes.NoOffset, time.Message, time.Path),
            BadHttpRequestException { InnerException: JsonException json } => Of(RequestCodes.BadJson, json.Message, json.Path),
            NotSupportedException { Source: "System.Text.Json" } => Of(
                RequestCodes.BadJson,
                "The member \"type\" is missing. It says which kind of object this is.",
                "$"
            ),
            BadHttpRequestException { StatusCode: 413 } => Of(RequestCodes.TooLarge),
            BadHttpRequestException { StatusCode: 415 } => Of(RequestCodes.UnsupportedType),
            BadHttpRequestException bad => Of(
                bad.StatusCode,
                new Refusal(RequestCodes.BadParameter, bad.Message) { Place = ParameterOf(bad.Message) }
            ),
            JournalWriteException => Of(HubCodes.NotStored),
            JournalAlteredException => Of(HubCodes.Altered),
            var away when IsAway(away) => Of(HubCodes.Busy),
            _ => Of(HubCodes.Fault),
        };

    private static ProblemHttpResult OfStatus(int status) =>
        status switch
        {
            401 => Of(AccessCodes.NotSignedIn),
            403 => Of(AccessCodes.Denied),
            404 => Of(RequestCodes.NotFound),
            405 => Of(RequestCodes.MethodNotAllowed),
            413 => Of(RequestCodes.TooLarge),
            415 => Of(RequestCodes.UnsupportedType),
            429 => Of(RequestCodes.TooMany),
            _ => Of(status, new Refusal(RequestCodes.Failed, $"The request failed with status {status}.")),
        };

    /// <summary>The framework names the parameter in quotes: <c>Failed to bind parameter "Week week" from "x".</c></summary>
    private static string? ParameterOf(string message)
    {
        var quoted = message.Split('"');
        return quoted.Length > 1 ? quoted[1].Split(' ')[^1] : null;
    }
}
