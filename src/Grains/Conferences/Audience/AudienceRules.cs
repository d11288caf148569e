using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences.Releases;

namespace ConsultHub.Conferences.Audience;

/// <summary>Pure: who gets a place. First come, first served; nobody is turned away from the waiting list, and nobody who has a place loses
/// it.</summary>
internal static class AudienceRules
{
    /// <summary>How long before a session people are let in.</summary>
    public static readonly TimeSpan DoorsOpen = TimeSpan.FromMinutes(60);

    public const int MostPlaces = 100_000,
        MostTickets = 20_000;

    // Without letters that look like digits.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 10;

    public static ImmutableArray<AudienceEvent> Register(SessionAudience audience, SessionId session, PersonId person) =>
        audience.Registered.Contains(person) || audience.Waiting.Contains(person)
            ? []
            // Who comes while others wait waits behind them, even where a place has just become free.
            : [new PlaceTaken(session, person, audience.IsFull || !audience.Waiting.IsEmpty)];

    public static ImmutableArray<AudienceEvent> Leave(SessionAudience audience, SessionId session, PersonId person)
    {
        if (audience.Waiting.Contains(person))
            return [new PlaceLeft(session, person)];
        if (!audience.Registered.Contains(person))
            return [];
        var free = audience.Capacity is { } capacity ? capacity - (audience.Registered.Count - 1) : int.MaxValue;
        return [new PlaceLeft(session, person), .. Promote(audience, session, free)];
    }

    public static ImmutableArray<AudienceEvent> SetCapacity(SessionAudience audience, SessionId session, int? capacity) =>
        audience.Capacity == capacity
            ? []
            :
            [
                new CapacitySet(session, capacity),
                .. Promote(audience, session, capacity is { } places ? places - audience.Registered.Count : int.MaxValue),
            ];

    private static IEnumerable<AudienceEvent> Promote(SessionAudience audience, SessionId session, int free) =>
        audience.Waiting.Take(Math.Max(0, free)).Select(person => new PlaceGiven(session, person));

    /// <summary>What lets a person in; null where all places are taken by others.</summary>
    public static ImmutableArray<AudienceEvent>? CheckIn(SessionAudience audience, SessionId session, PersonId person, DateTimeOffset now)
    {
        if (audience.CheckedIn.ContainsKey(person))
            return [];
        if (audience.Registered.Contains(person))
            return [new CheckedIn(session, person, now)];
        if (audience.IsFull)
            return null;
        return
        [
            audience.Waiting.Contains(person) ? new PlaceGiven(session, person) : new PlaceTaken(session, person, false),
            new CheckedIn(session, person, now),
        ];
    }

    /// <summary>Whom a release concerns, each with what of it.</summary>
    public static IEnumerable<(PersonId Person, ImmutableArray<SessionDifference> Differences)> Concerned(
        AudienceState state,
        ReleaseTold release
    )
    {
        var concerned = release.Differences.SelectMany(d =>
        {
            var audience = state.Of(d.Session);
            var people = d.Concerns ? audience.Marked.Union(audience.Registered).Union(audience.Waiting) : [];
            return people.Union(d.Consultants).Select(person => (person, d));
        });
        return concerned
            .Where(c => c.person != release.By)
            .GroupBy(c => c.person, c => c.d)
            .OrderBy(g => g.Key.Value, StringComparer.Ordinal)
            .Select(g => (g.Key, g.ToImmutableArray()));
    }

    /// <summary>A ticket's code: ten letters and digits of the signature, enough that guessing at a door finds nobody.</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, PersonId person)
    {
        Span<byte> signature = stackalloc byte[32];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("code/" + person.Value), signature);
        return string.Create(
            CodeLength,
            signature[..CodeLength].ToArray(),
            (text, bytes) =>
            {
                for (var i = 0; i < text.Length; i++)
                    text[i] = Letters[bytes[i] % Letters.Length];
            }
        );
    }

    /// <summary>What a QR code holds: whose ticket it is, signed.</summary>
    public static string TokenOf(ReadOnlySpan<byte> secret, ConferenceId conference, PersonId person) =>
        $"HUB1:{conference}:{person}:{Convert.ToHexString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"token/{conference}/{person}")), 0, 16)}";

    /// <summary>Whose ticket was shown, be it scanned or typed; null where it is no ticket of this conference.</summary>
    public static PersonId? Read(AudienceState state, ConferenceId conference, string shown)
    {
        if (state.Secret.IsEmpty || shown.Length > 300)
            return null;
        if (shown.Split(':') is ["HUB1", _, var name, _])
            return
                TextId.TryParse<PersonId>(name, out var person)
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.UTF8.GetBytes(TokenOf(state.Secret.AsSpan(), conference, person)),
                    Encoding.UTF8.GetBytes(shown)
                )
                ? person
                : null;
        // Typed as it looks: small letters, spaces and dashes between, O for 0, I and L for 1.
        var typed = new string([.. shown.ToUpperInvariant().Where(char.IsLetterOrDigit)])
            .Replace('O', '0')
            .Replace('I', '1')
            .Replace('L', '1');
        return state.Tickets.TryGetValue(typed, out var found) ? found : null;
    }
}
