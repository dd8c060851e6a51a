namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>
/// Tells code from comments and from the inside of literals, character by character. Knows verbatim, raw and interpolated strings;
/// what stands in an interpolation's braces is code. Quotes count as code, so that an empty pair of them remains of a literal.
/// </summary>
internal sealed class CSharpScanner
{
    private readonly string _text;
    private readonly Region[] _regions;
    private int _at;

    private CSharpScanner(string text)
    {
        _text = text;
        _regions = new Region[text.Length];
    }

    public static Region[] Scan(string text)
    {
        var scanner = new CSharpScanner(text);
        scanner.ReadCode(inHole: false);
        return scanner._regions;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    /// <summary>Reads to the end, or, in the hole of an interpolated string, to the brace that closes it, which stays unread.</summary>
    private void ReadCode(bool inHole)
    {
        int depth = 0;
        while (_at < _text.Length)
        {
            if (ReadTrivia() || ReadLiteral())
                continue;
            if (inHole && EndsHole(ref depth))
                return;
            _at++;
        }
    }

    private bool EndsHole(ref int depth)
    {
        char c = Peek();
        if (c == '}' && depth == 0)
            return true;
        if (c is '(' or '[' or '{')
            depth++;
        else if (c is ')' or ']' or '}')
            depth--;
        else if (c == ':' && Peek(1) == ':')
            _at++;
        else if (c == ':' && depth == 0)
            return ReadFormat();
        return false;
    }

    private bool ReadFormat()
    {
        while (_at < _text.Length && Peek() is not ('}' or '\n'))
            Mark(Region.Literal, 1);
        return true;
    }

    private bool ReadTrivia()
    {
        if (Peek() == '/' && Peek(1) == '/')
        {
            Mark(Region.Comment, LineEnd() - _at);
            return true;
        }

        if (Peek() == '/' && Peek(1) == '*')
        {
            int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            Mark(Region.Comment, (end < 0 ? _text.Length : end + 2) - _at);
            return true;
        }

        return ReadDirective();
    }

    // A directive's text is free ("#region Bob's") and must not open a literal.
    private bool ReadDirective()
    {
        if (Peek() != '#' || !_text.AsSpan(LineStart(), _at - LineStart()).IsWhiteSpace())
            return false;
        int end = LineEnd();
        int comment = _text.IndexOf("//", _at, end - _at, StringComparison.Ordinal);
        _at = comment < 0 ? end : comment;
        return true;
    }

    private bool ReadLiteral()
    {
        if (Peek() == '\'')
            return ReadCharacter();

        int prefix = 0;
        while (Peek(prefix) is '$' or '@')
            prefix++;
        if (Peek(prefix) != '"')
            return false;

        var opening = _text.AsSpan(_at, prefix);
        int holeBraces = opening.Count('$');
        bool verbatim = opening.Contains('@');
        _at += prefix;
        int quotes = RunOf('"');
        if (quotes >= 3 && !verbatim)
            ReadRaw(quotes, holeBraces);
        else
            ReadString(verbatim, holeBraces > 0);
        return true;
    }

    private bool ReadCharacter()
    {
        int length = Peek(1) == '\\' ? _text.IndexOf('\'', Math.Min(_at + 3, _text.Length)) - _at - 1 : 1;
        if (length < 1 || Peek(length + 1) != '\'')
            return false;
        _at++;
        Mark(Region.Literal, length);
        _at++;
        return true;
    }

    private void ReadString(bool verbatim, bool interpolated)
    {
        _at++;
        while (_at < _text.Length && (verbatim || Peek() != '\n'))
        {
            char c = Peek();
            bool doubled = Peek(1) == c;
            if (c == '"' && !(verbatim && doubled))
            {
                _at++;
                return;
            }

            if (c == '{' && interpolated && !doubled)
                ReadHole(1);
            else
                Mark(Region.Literal, c == '"' || (c == '\\' && !verbatim) || (c == '{' && interpolated) ? 2 : 1);
        }
    }

    private void ReadRaw(int quotes, int holeBraces)
    {
        _at += quotes;
        while (_at < _text.Length)
        {
            int run = RunOf('"');
            if (run >= quotes)
            {
                _at += run;
                return;
            }

            int braces = holeBraces > 0 ? RunOf('{') : 0;
            if (braces > 0 && braces >= holeBraces)
            {
                Mark(Region.Literal, braces - holeBraces);
                ReadHole(holeBraces);
            }
            else
            {
                Mark(Region.Literal, Math.Max(1, Math.Max(run, braces)));
            }
        }
    }

    private void ReadHole(int braces)
    {
        _at += braces;
        ReadCode(inHole: true);
        for (int i = 0; i < braces && Peek() == '}'; i++)
            _at++;
    }

    private int RunOf(char c)
    {
        int run = 0;
        while (Peek(run) == c)
            run++;
        return run;
    }

    private int LineStart() => _at == 0 ? 0 : _text.LastIndexOf('\n', _at - 1) + 1;

    private int LineEnd()
    {
        int end = _text.IndexOf('\n', _at);
        return end < 0 ? _text.Length : end;
    }

    private void Mark(Region region, int length)
    {
        int end = Math.Min(_at + length, _text.Length);
        Array.Fill(_regions, region, _at, end - _at);
        _at = end;
    }
}
