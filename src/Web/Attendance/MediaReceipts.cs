using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using ConsultHub.Attendance;
using Microsoft.AspNetCore.DataProtection;

namespace ConsultHub.Web.Attendance;

/// <summary>
/// Receipts say which part of a lecture was really sent to one person. The node that sends the media issues them. Every node can check
/// them, because all nodes share one key. A browser sends its receipts together with its report of what it played. A part that no receipt
/// covers gets no credit.
/// </summary>
/// <param name="protection">All web nodes share its keys.</param>
public sealed class MediaReceipts(IDataProtectionProvider protection)
{
    /// <summary>The header that contains the receipt, in the answer to a request for a recorded segment.</summary>
    public const string Header = "Hub-Receipt";

    /// <summary>How many receipts one report may hold, and how many characters one receipt may have.</summary>
    public const int Most = 64,
        Longest = 4_096;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("media-receipts").ToTimeLimitedDataProtector();

    /// <param name="how">Whether the parts were sent live or from the recording.</param>
    /// <param name="sent">The parts that were sent, on the lecture's own clock.</param>
    public string Issue(SessionId session, PersonId person, PlayedAs how, IEnumerable<Stretch> sent) =>
        _protector.Protect(
            $"{session} {person} {how} "
                + $"{string.Join(',', sent.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.From}-{s.To}")))}",
            Lifetime
        );

    /// <summary>
    /// Returns the parts of this session that were sent to this person, as the receipts prove. A receipt proves nothing if it is forged,
    /// older than a day, or issued for another session or person.
    /// </summary>
    public Received Read(SessionId session, PersonId person, ImmutableArray<string> receipts)
    {
        List<Stretch> live = [],
            recorded = [];
        foreach (var receipt in receipts)
            if (Open(receipt)?.Split(' ') is [var of, var to, var how, var pieces] && of == session.Value && to == person.Value)
                (how == nameof(PlayedAs.Live) ? live : recorded).AddRange(
                    pieces.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse)
                );
        return new(Stretches.Of(live), Stretches.Of(recorded));
    }

    private string? Open(string? receipt)
    {
        if (receipt is not { Length: > 0 and <= Longest })
            return null;
        try
        {
            return _protector.Unprotect(receipt);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Stretch Parse(string piece)
    {
        var dash = piece.IndexOf('-', 1);
        return new(
            long.Parse(piece.AsSpan(0, dash), CultureInfo.InvariantCulture),
            long.Parse(piece.AsSpan(dash + 1), CultureInfo.InvariantCulture)
        );
    }
}

/// <summary>What was sent to a person, on the lecture's own clock.</summary>
public sealed record Received(Stretches Live, Stretches Recorded)
{
    public bool IsEmpty => Live.IsEmpty && Recorded.IsEmpty;

    /// <summary>
    /// Returns the part of a played piece that was sent to the person. Only this part can count. A piece that was played live must have
    /// been sent live. A piece that was played from the recording may have been sent in either way.
    /// </summary>
    public Stretches Of(PlayedAs how, Stretches played) => played.Intersect(how == PlayedAs.Live ? Live : Live.Union(Recorded));
}
