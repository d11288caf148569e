using System.Collections.Concurrent;
using ConsultHub.Accounts;

namespace ConsultHub.Web.Accounts;

/// <summary>Tells accounts that their tokens are used: for each token at most once in five minutes. No request waits for it.</summary>
internal sealed partial class TokenUses(IGrainFactory grains, TimeProvider clock, ILogger<TokenUses> log)
{
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _told = new();

    public void Note(PersonId person, Guid token, string address)
    {
        var now = clock.GetUtcNow();
        if (_told.TryGetValue(token, out var last) && now - last < AccountRules.TokenSeenEvery)
            return;
        if (_told.Count >= MostKept)
            _told.Clear();
        _told[token] = now;
        _ = TellAsync(person, token, address);
    }

    private async Task TellAsync(PersonId person, Guid token, string address)
    {
        try
        {
            await grains.GetGrain<IAccountGrain>(person.Value).NoteTokenAsync(token, address);
        }
        catch (Exception failure)
        {
            _told.TryRemove(token, out _);
            LogLost(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of a token could not be noted: {Why}")]
    private partial void LogLost(string why);
}
