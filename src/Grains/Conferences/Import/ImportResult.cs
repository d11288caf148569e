namespace ConsultHub.Conferences.Import;

/// <summary>What reading a file led to: a whole programme, or one fault and nothing.</summary>
public abstract record ImportResult;

/// <summary>The file was read; what was odd in it is among the warnings.</summary>
public sealed record ProgrammeRead(Programme Programme) : ImportResult;

/// <summary>The file cannot be read as a programme.</summary>
/// <param name="Code">Stable, such as <c>import.malformed</c>.</param>
/// <param name="Message">An English sentence.</param>
/// <param name="Place">Line and element, or JSON path; null where the fault has no place.</param>
public sealed record ImportFault(string Code, string Message, string? Place) : ImportResult;

/// <summary>Carries a fault out of the depth of a reader; never leaves this folder.</summary>
internal sealed class ImportFaultException(ImportFault fault) : Exception(fault.Message)
{
    public ImportFaultException(string code, string message, string? place = null) : this(new ImportFault(code, message, place)) { }

    public ImportFault Fault => fault;
}
