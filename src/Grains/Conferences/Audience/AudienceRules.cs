using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences.Releases;

namespace ConsultHub.Conferences.Audience;

/// <summary>
/// Pure rules that decide who gets a place. People get places in the order in which they register. The waiting list has no limit, and
/// nobody who has a place loses it.
/// </summary>
internal static class AudienceRules
{
    /// <summary>The doors of a session open this long before its start.</summary>
    public static readonly TimeSpan DoorsOpen = TimeSpan.FromMinutes(60);

    public const int MostPlaces = 100_000,
        MostTickets = 20_000;

    // The letters I, L and O are left out, because people mistake them for digits. U is left out too, as in Crockford's base 32.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 10;

    public static ImmutableArray<AudienceEvent> Register(SessionAudience audience, SessionId session, PersonId person) =>
        audience.Registered.Contains(person) || audience.Waiting.Contains(person)
            ? []
            // A person who registers while others wait goes to the end of the waiting list, even if a place is free.
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

    /// <summary>Returns the events that let a person in. Empty if the person is already in. Null if other people have all places.</summary>
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

    /// <summary>
    /// Finds the people whom a release or a change concerns, each with the differences that concern this person. The person who made the
    /// release or the change is left out.
    /// </summary>
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
        var registered = (release.Registered ?? []).ToHashSet();
        return concerned
            .Where(c => !registered.Contains(c.person))
            .GroupBy(c => c.person, c => c.d)
            .Select(g => (Person: g.Key, Differences: g.ToImmutableArray()))
            .Concat(registered.Select(person => (Person: person, release.Differences)))
            .Where(c => c.Person != release.By)
            .OrderBy(c => c.Person.Value, StringComparer.Ordinal);
    }

    /// <summary>
    /// Returns the code of a ticket: ten characters made from an HMAC, with 32 possible values each. Nobody can guess a valid code.
    /// </summary>
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

    /// <summary>Returns the text of a ticket's QR code: conference and person, with a signature.</summary>
    public static string TokenOf(ReadOnlySpan<byte> secret, ConferenceId conference, PersonId person) =>
        $"HUB1:{conference}:{person}:"
        + Convert.ToHexString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"token/{conference}/{person}")), 0, 16);

    /// <summary>Finds the person whose ticket was scanned or typed. Null if the text is not a ticket of this conference.</summary>
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
        // People may type small letters, spaces and dashes, O instead of 0, and I or L instead of 1.
        var typed = new string([.. shown.ToUpperInvariant().Where(char.IsLetterOrDigit)])
            .Replace('O', '0')
            .Replace('I', '1')
            .Replace('L', '1');
        return state.Tickets.TryGetValue(typed, out var found) ? found : null;
    }
}
