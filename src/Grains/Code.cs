using System.Collections.Frozen;
using System.Reflection;

namespace ConsultHub;

/// <summary>A name from a closed set of names. Clients have translations of those names that they show.</summary>
public interface ICode
{
    string Name { get; }
}

/// <summary>
/// A stable code such as <c>roster.stale</c>. Each feature declares its codes once, in classes with <see cref="CodesOfAttribute{T}"/>.
/// Between silos and over HTTP, only the name of a code is sent.
/// </summary>
public sealed class Code : ICode
{
    private Code(RefusalKind? kind, string name, string? message) => (Kind, Name, Message) = (kind, name, message);

    public string Name { get; }

    /// <summary>Null if the code only describes something and refuses nothing.</summary>
    public RefusalKind? Kind { get; }

    /// <summary>
    /// The English sentence for a refusal that has no sentence of its own. Null if every refusal with this code has its own sentence.
    /// </summary>
    public string? Message { get; }

    public static Code Remark(string name) => new(null, name, null);

    public static Code Unknown(string name, string? message = null) => new(RefusalKind.Unknown, name, message);

    public static Code NotSignedIn(string name, string? message = null) => new(RefusalKind.NotSignedIn, name, message);

    public static Code NotAllowed(string name, string? message = null) => new(RefusalKind.NotAllowed, name, message);

    public static Code BadInput(string name, string? message = null) => new(RefusalKind.BadInput, name, message);

    public static Code Unreadable(string name, string? message = null) => new(RefusalKind.Unreadable, name, message);

    public static Code UnsupportedType(string name, string? message = null) => new(RefusalKind.UnsupportedType, name, message);

    public static Code NoSuchMethod(string name, string? message = null) => new(RefusalKind.NoSuchMethod, name, message);

    public static Code TooLarge(string name, string? message = null) => new(RefusalKind.TooLarge, name, message);

    public static Code TooMany(string name, string? message = null) => new(RefusalKind.TooMany, name, message);

    public static Code Conflict(string name, string? message = null) => new(RefusalKind.Conflict, name, message);

    public static Code Changed(string name, string? message = null) => new(RefusalKind.Changed, name, message);

    public static Code ConditionMissing(string name, string? message = null) => new(RefusalKind.ConditionMissing, name, message);

    public static Code Unavailable(string name, string? message = null) => new(RefusalKind.Unavailable, name, message);

    public static Code Fault(string name, string? message = null) => new(RefusalKind.Fault, name, message);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(code))]
    public static implicit operator string?(Code? code) => code?.Name;

    public override string ToString() => Name;
}

/// <summary>
/// On a static class: the fields of the class are codes that the named member of <typeparamref name="T"/> can have. On a property: the
/// property can have the same codes as the named member.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class CodesOfAttribute<T>(string member = nameof(Code)) : CodesOfAttribute(typeof(T), member);

/// <summary>
/// The base class of <see cref="CodesOfAttribute{T}"/>. Reflection searches for this class and so finds the attributes of all types.
/// </summary>
public abstract class CodesOfAttribute(Type type, string member) : Attribute
{
    public Type Type => type;

    public string Member => member;
}

/// <summary>All codes. They are found by <see cref="CodesOfAttribute{T}"/>, so a feature needs no entry in a list.</summary>
public static class Codes
{
    private static readonly FrozenDictionary<string, Code> Known = In([typeof(Codes).Assembly])
        .SelectMany(c => c.Codes.OfType<Code>())
        .Distinct()
        .ToFrozenDictionary(c => c.Name);

    /// <summary>
    /// Returns the code with the name that a grain answered. If this release does not know the name, returns a new code of the kind
    /// <see cref="RefusalKind.Conflict"/>.
    /// </summary>
    public static Code Of(string name) => Known.GetValueOrDefault(name) ?? Code.Conflict(name);

    /// <summary>Returns, for each type and member, the names of the codes that the member can have.</summary>
    public static ILookup<(Type Type, string Member), string> Names(IEnumerable<Assembly> assemblies) =>
        In(assemblies)
            .SelectMany(declared => declared.Codes, (declared, code) => (declared.Type, declared.Member, Code: code))
            .Where(c => c.Type != typeof(Refusal) || c.Code is Code { Kind: not null })
            .DistinctBy(c => (c.Type, c.Member, c.Code.Name))
            .OrderBy(c => c.Code.Name, StringComparer.Ordinal)
            .ToLookup(c => (c.Type, c.Member), c => c.Code.Name);

    private static IEnumerable<(Type Type, string Member, IEnumerable<ICode> Codes)> In(IEnumerable<Assembly> assemblies) =>
        from declares in assemblies.SelectMany(a => a.GetTypes())
        where declares is { IsAbstract: true, IsSealed: true }
        from of in declares.GetCustomAttributes<CodesOfAttribute>()
        select (of.Type, of.Member, DeclaredIn(declares));

    private static IEnumerable<ICode> DeclaredIn(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ICode>();
}
