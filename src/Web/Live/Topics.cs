using System.Diagnostics.CodeAnalysis;

namespace ConsultHub.Web.Live;

/// <summary>A kind of topics that a feature has registered.</summary>
/// <param name="Parse">Reads a topic from its name and from the parts of the name between slashes. Null if it is not of this kind.</param>
internal sealed record TopicKind(string Name, Func<string, string[], ITopic?> Parse);

/// <summary>All kinds of topics that features have registered.</summary>
internal sealed class Topics
{
    private const int LongestName = 300;

    private readonly TopicKind[] _kinds;

    /// <exception cref="InvalidOperationException">Two kinds have the same name.</exception>
    public Topics(IEnumerable<TopicKind> kinds)
    {
        _kinds = [.. kinds];
        if (_kinds.GroupBy(k => k.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two kinds of topics have the name {twice.Key}.");
    }

    /// <returns>False if the name is missing, is too long, or belongs to no kind of topic.</returns>
    public bool TryParse(string? name, [NotNullWhen(true)] out ITopic? topic)
    {
        topic = null;
        if (name is not { Length: <= LongestName })
            return false;
        var parts = name.Split('/');
        topic = _kinds.Select(kind => kind.Parse(name, parts)).FirstOrDefault(found => found is not null);
        return topic is not null;
    }
}
