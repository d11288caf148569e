using System.Text.Json;
using ConsultHub.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hosting;

/// <summary>RFC 9457 problem details with a stable <c>code</c>, and the <c>place</c> of the fault if there is one.</summary>
public static class Problems
{
    /// <summary>The code for a time without an offset from UTC.</summary>
    public const string NoOffset = "request.no-offset";

    /// <param name="code">A stable code, such as <c>request.bad-json</c>.</param>
    /// <param name="detail">An English sentence.</param>
    /// <param name="place">A JSON path, a parameter's name, or a line of a file.</param>
    /// <param name="more">Further members of the answer.</param>
    public static ProblemHttpResult Of(
        int status,
        string code,
        string detail,
        string? place = null,
        IEnumerable<KeyValuePair<string, object?>>? more = null
    )
    {
        Dictionary<string, object?> extensions = new() { ["code"] = code };
        if (place is not null)
            extensions["place"] = place;
        foreach (var (key, value) in more ?? [])
            extensions[key] = value;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services.AddProblemDetails();
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

    /// <summary>Whether a silo or the storage cannot be reached for a moment. This node has no fault, and the other side logs it.</summary>
    private static bool IsAway(Exception error) =>
        error is TimeoutException or Orleans.Runtime.OrleansException or JournalReadException or JournalWriteException;

    private static ProblemHttpResult Of(Exception error) =>
        error switch
        {
            BadHttpRequestException { InnerException: MissingOffsetException time } => Of(400, NoOffset, time.Message, time.Path),
            BadHttpRequestException { InnerException: JsonException json } => Of(400, "request.bad-json", json.Message, json.Path),
            NotSupportedException { Source: "System.Text.Json" } => Of(
                400,
                "request.bad-json",
                "The member \"type\" is missing. It says which kind of object this is.",
                "$"
            ),
            BadHttpRequestException { StatusCode: 413 } => Of(413, "request.too-large", "The body is larger than this endpoint takes."),
            BadHttpRequestException { StatusCode: 415 } => OfStatus(415),
            BadHttpRequestException bad => Of(bad.StatusCode, "request.bad-parameter", bad.Message, ParameterOf(bad.Message)),
            JournalWriteException => Of(
                503,
                "hub.not-stored",
                "The change could not be stored, so nothing was changed. Try again with the same command id."
            ),
            JournalAlteredException => Of(
                500,
                "hub.altered",
                "The stored data was altered, so it is not shown. The operator's command verify names the row."
            ),
            var away when IsAway(away) => Of(503, "hub.busy", "The hub did not answer in time. Try again with the same command id."),
            _ => Of(500, "hub.fault", "Something went wrong. Only what was acknowledged is stored for certain."),
        };

    private static ProblemHttpResult OfStatus(int status) =>
        status switch
        {
            401 => Of(401, "session.none", "Sign in first."),
            403 => Of(403, "access.denied", "You may not do this."),
            404 => Of(404, "request.not-found", "There is nothing here."),
            405 => Of(405, "request.method-not-allowed", "This address does not take that method."),
            413 => Of(413, "request.too-large", "The body is larger than this endpoint takes."),
            415 => Of(415, "request.unsupported-type", "This endpoint does not take that type of content."),
            429 => Of(429, "request.too-many", "Too many tries; wait a minute."),
            _ => Of(status, "request.failed", $"The request failed with status {status}."),
        };

    /// <summary>The framework names the parameter in quotes: <c>Failed to bind parameter "Week week" from "x".</c></summary>
    private static string? ParameterOf(string message)
    {
        var quoted = message.Split('"');
        return quoted.Length > 1 ? quoted[1].Split(' ')[^1] : null;
    }
}
