using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConsultHub.Load.Hosting;
using ConsultHub.Rostering;

namespace ConsultHub.Load.Changes;

/// <summary>
/// Gives commands to a roster over HTTP, as every client of the hub does. A command without an answer is given again until an answer comes
/// or the time is over.
/// </summary>
internal static class Commands
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="nodes">The nodes, which are tried in turn.</param>
    /// <returns>The answer, or the code of a refusal, or neither if no answer came in time. Also the number of attempts.</returns>
    public static async Task<(Decided? Answer, string? Code, int Attempts)> GiveAsync(
        IReadOnlyList<Node> nodes,
        string path,
        RosterCommand command,
        CancellationToken giveUp
    )
    {
        var first = (int)(Stopwatch.GetTimestamp() % nodes.Count);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (answer, code, status) = await PostAsync<Decided>(nodes[(first + attempt) % nodes.Count], path, command, giveUp);
                if (answer is not null)
                    return (answer, null, attempt);
                if (
                    status
                    is >= HttpStatusCode.BadRequest
                        and < HttpStatusCode.InternalServerError
                        and not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
                )
                    return (null, code ?? status.ToString(), attempt);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // No answer came, or only a part of it. The hub may still have carried out the command.
            }
            if (giveUp.IsCancellationRequested)
                return (null, null, attempt);
            await Task.Delay(Pause, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public static async Task<(T? Answer, string? Code, HttpStatusCode Status)> PostAsync<T>(
        Node node,
        string path,
        RosterCommand command,
        CancellationToken cancel = default
    )
        where T : class
    {
        using var answer = await node.Http.PostAsJsonAsync(path, command, HubJson.Options, cancel);
        if (answer.IsSuccessStatusCode)
            return (await answer.Content.ReadFromJsonAsync<T>(HubJson.Options, cancel), null, answer.StatusCode);
        return (null, (await answer.Content.ReadFromJsonAsync<Problem>(HubJson.Options, cancel))?.Code, answer.StatusCode);
    }

    private sealed record Problem(string? Code);
}
