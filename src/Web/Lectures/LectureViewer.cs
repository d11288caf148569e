using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Lectures;

/// <summary>One connection that watches a lecture.</summary>
/// <param name="following">Says who the person is now. Null if the sign-in has ended.</param>
internal sealed class LectureViewer(HubConnectionContext connection, Viewer person, MediaQuality quality, Func<Viewer?> following)
{
    public HubConnectionContext Connection => connection;

    public Viewer Person => person;

    /// <summary>Members of the crew also see what is on air while the stage is not live, for example in the green room.</summary>
    public bool IsCrew { get; private set; }

    /// <returns>Whether the person has joined the crew or left it.</returns>
    public bool Admit(Lecture lecture)
    {
        var before = IsCrew;
        return (IsCrew = following() is { } now && Access.IsCrew(now, lecture)) != before;
    }

    /// <summary>
    /// The number in the relay's log up to which media was written to the viewer. If it is null, the viewer gets the newest keyframes next.
    /// It is null before the first frame, after a change of quality, and while the stage is closed to the viewer.
    /// </summary>
    public long? At { get; set; }

    /// <summary>The version of the list of sources that was last sent to the viewer.</summary>
    public long ToldSources { get; set; } = -1;

    public MediaQuality Quality { get; private set; } = quality;

    /// <summary>What the viewer last reported to be playing: the publication, and the position in it in microseconds.</summary>
    public (uint Publication, long Position)? Played { get; set; }

    /// <summary>
    /// The parts of the lecture that were written to the connection, on the lecture's own clock. Only the newest five minutes and at most
    /// 64 parts are kept.
    /// </summary>
    public ImmutableArray<Stretch> Sent
    {
        get
        {
            lock (_sent)
                return [.. _sent];
        }
    }

    /// <summary>
    /// Adds a part of the lecture that was written to the connection. The part is joined with the part before it if the gap between them is
    /// at most 3 s, because a screen that does not change sends little.
    /// </summary>
    public void Add(Stretch written)
    {
        lock (_sent)
        {
            if (_sent.Count > 0 && written.From <= _sent[^1].To + SameWithin && written.To >= _sent[^1].From)
                written = new(Math.Min(written.From, _sent[^1].From), Math.Max(written.To, _sent[^1].To));
            else
                _sent.Add(written);
            _sent[^1] = written with { From = Math.Max(written.From, written.To - Remembered) };
            while (_sent.Count > MostPieces || _sent[0].To < written.To - Remembered)
                _sent.RemoveAt(0);
        }
    }

    /// <summary>When the write that is under way began, from Environment.TickCount64 in milliseconds. 0 if no write is under way.</summary>
    public long BusySince;

    private volatile bool _beginsAnew;

    /// <summary>
    /// Both in milliseconds. Viewers ask for receipts more often than every five minutes, so no sent part is forgotten before its receipt.
    /// </summary>
    private const long SameWithin = 3_000,
        Remembered = 300_000;

    private const int MostPieces = 64;

    private readonly List<Stretch> _sent = [];

    /// <summary>Sends another quality from the newest keyframe on.</summary>
    public void Choose(MediaQuality next)
    {
        Quality = next;
        _beginsAnew = true;
    }

    /// <summary>
    /// Makes the viewer start again at the newest keyframes if another quality was chosen, or if the stage is closed to the viewer. Only
    /// the relay's loop calls this method, before it reads <see cref="At"/>.
    /// </summary>
    public void Settle(bool closed)
    {
        if (!_beginsAnew && !closed)
            return;
        _beginsAnew = false;
        At = null;
    }
}
